package dev.lockstep.webhook;

import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.http.PrivateNetwork;
import dev.lockstep.protocol.http.RetryAfter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends a message to an application and reads its answer as Standard Webhooks says: 2xx is success, a redirect is
 * failure, 410 means stop, 429, 502, 503 and 504 mean slow down.
 *
 * @param client follows no redirects, as {@link #client} does
 * @param deadline for the whole exchange
 * @param privateNetworks whether addresses of the machine and of private networks may be called
 */
public record WebhookDelivery(HttpClient client, Duration deadline, boolean privateNetworks, InstantSource clock) {
    private static final int GONE = 410;

    /** A client as the applications need it: follows no redirects, or a signed message would go to strangers. */
    public static HttpClient client(Duration connectTimeout) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .build();
    }

    /**
     * What came of a message.
     *
     * @param status of the answer; empty where there was none
     * @param failure empty if the application took it
     */
    record Attempt(Optional<Integer> status, Optional<PlatformException> failure) {
        static Attempt unanswered(PlatformException failure) {
            return new Attempt(Optional.empty(), Optional.of(failure));
        }

        /** Whether the application wants no more messages, ever. */
        boolean isGone() {
            return status.equals(Optional.of(GONE));
        }
    }

    Attempt send(HttpRequest request) {
        try {
            refusePrivate(request.uri());
            HttpResponse<Void> answer = answer(request);
            return new Attempt(Optional.of(answer.statusCode()), failure(answer));
        } catch (PlatformException e) {
            return Attempt.unanswered(e);
        }
    }

    private Optional<PlatformException> failure(HttpResponse<Void> answer) {
        int status = answer.statusCode();
        if (status >= 200 && status < 300) {
            return Optional.empty();
        }
        Optional<Duration> wait = RetryAfter.parse(answer.headers().allValues("Retry-After"), clock.instant());
        return Optional.of(
                switch (status) {
                    case 429 -> new PlatformException.Throttled(wait);
                    case 502, 503, 504 ->
                        wait.isPresent() ? new PlatformException.Throttled(wait) : unreachable(status);
                    case GONE ->
                        new PlatformException.PermissionMissing(
                                "the application wants no more messages (410): " + ApplicationSubscription.REMEDY);
                    case 401, 403 ->
                        new PlatformException.PermissionMissing(
                                "the application refuses our signature (" + status + "): compare the signing secrets");
                    default -> status < 500 && status != 408 && status != 425 ? rejected(status) : unreachable(status);
                });
    }

    /** A name that led elsewhere when it was configured may lead here by now. */
    private void refusePrivate(URI url) {
        if (!privateNetworks && PrivateNetwork.isReachedBy(url.getHost())) {
            throw new PlatformException.Rejected("the application's address leads to the machine itself or into a "
                    + "private network: give another, or set lockstep.config.private-networks");
        }
    }

    /**
     * The deadline covers the whole exchange. The request's own time-out would end with the answer's headers, and an
     * application that never ends its answer would hold us for ever.
     */
    private HttpResponse<Void> answer(HttpRequest request) {
        CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(request, BodyHandlers.discarding());
        try {
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new PlatformException.Unreachable("no answer within " + deadline);
        } catch (ExecutionException e) {
            throw new PlatformException.Unreachable("the application cannot be reached", e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new PlatformException.Unreachable("interrupted");
        }
    }

    private static PlatformException unreachable(int status) {
        return new PlatformException.Unreachable("the application answered " + status);
    }

    private static PlatformException rejected(int status) {
        String why = status < 400 ? "; redirects are not followed: give the final URL" : "";
        return new PlatformException.Rejected("the application answered " + status + why);
    }
}
