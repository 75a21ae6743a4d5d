package dev.lockstep.teams.graph;

import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.entra.AccessToken;
import dev.lockstep.protocol.entra.Tokens;
import dev.lockstep.protocol.http.RetryAfter;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** One call of Graph with everything that can go wrong in it, said in words that the caller can act upon. */
public final class GraphCalls {
    private final URI graph;
    private final Tokens tokens;
    private final InstantSource clock;
    private final String permission;

    /** @param permission what an administrator has to grant for these calls */
    public GraphCalls(URI graph, Tokens tokens, InstantSource clock, String permission) {
        this.graph = graph;
        this.tokens = tokens;
        this.clock = clock;
        this.permission = permission;
    }

    /**
     * @param attempt makes the call; made a second time, with a fresh token, if the first token is refused
     * @throws PlatformException in every other case than success
     */
    public <T> T ask(Supplier<T> attempt) {
        AccessToken token = tokens.current(graph);
        try {
            return attempt.get();
        } catch (RuntimeException e) {
            if (!isRefused(e, 401)) {
                throw translated(e);
            }
        }
        tokens.renewed(graph, token);
        try {
            return attempt.get();
        } catch (RuntimeException e) {
            throw translated(e);
        }
    }

    /** As {@link #ask}; empty where Graph answers with that status. */
    public <T> Optional<T> askUnless(int status, Supplier<T> attempt) {
        return ask(() -> {
            try {
                return Optional.of(attempt.get());
            } catch (RuntimeException e) {
                if (isRefused(e, status)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    private static boolean isRefused(RuntimeException failure, int status) {
        return GraphErrorResponse.behind(failure)
                .filter(refusal -> refusal.status() == status)
                .isPresent();
    }

    private PlatformException translated(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PlatformException known) {
                return known;
            }
        }
        Optional<GraphErrorResponse> refusal = GraphErrorResponse.behind(failure);
        return refusal.isPresent()
                ? meaning(refusal.get())
                : new PlatformException.Unreachable("Teams gave no usable answer", failure);
    }

    private PlatformException meaning(GraphErrorResponse refusal) {
        String summary = refusal.summary();
        return switch (refusal.status()) {
            case 429 -> new PlatformException.Throttled(RetryAfter.parse(refusal.retryAfter(), clock.instant()));
            case 401 ->
                new PlatformException.PermissionMissing("Teams refuses a fresh token (" + summary + "): " + permission);
            case 403 -> new PlatformException.PermissionMissing("Teams refuses (" + summary + "): " + permission);
            case 404 -> new PlatformException.Rejected("Teams does not know this user (" + summary + ")");
            case 408 -> new PlatformException.Unreachable("Teams gave up (" + summary + ")");
            default -> otherwise(refusal, summary);
        };
    }

    /** What is neither a 4xx nor a 5xx comes from something that stands between Teams and us. */
    private static PlatformException otherwise(GraphErrorResponse refusal, String summary) {
        boolean understood = refusal.status() >= 400 && refusal.status() < 500;
        return understood
                ? new PlatformException.Rejected("Teams refused (" + summary + ") " + refusal.text())
                : new PlatformException.Unreachable("Teams answered " + summary);
    }
}
