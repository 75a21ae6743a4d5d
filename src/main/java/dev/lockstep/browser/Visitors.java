package dev.lockstep.browser;

import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.RejectionReason;
import dev.lockstep.protocol.http.Requester;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Receives whoever comes to a page: by the token that the gateway verified, or by their session; who has neither is led to
 * sign in. What a page does otherwise than by {@code GET} is done for forms of ours alone.
 */
@Singleton
public final class Visitors {
    private final BrowserSessions sessions;
    private final BrowserSignIn signIn;
    private final Notices notices;

    @Inject
    public Visitors(BrowserSessions sessions, BrowserSignIn signIn, Notices notices) {
        this.sessions = sessions;
        this.signIn = signIn;
        this.notices = notices;
    }

    /**
     * @param pages is given the call with who makes it, and who is signed in if anybody is
     * @throws RejectedRequest if it is not taken; {@link #rejection} says why
     */
    public HttpAnswer received(HttpCall call, BiFunction<HttpCall, List<Visitor>, HttpAnswer> pages) {
        if (BrowserSignIn.takes(call)) {
            return signIn.handle(call);
        }
        Optional<BrowserSession> session =
                call.caller() instanceof Requester.Holder ? Optional.empty() : sessions.of(call);
        boolean reads = call.method().equals("GET");
        if (session.isEmpty() && sessions.areOffered() && call.caller() instanceof Requester.Unverified) {
            if (reads) {
                return HttpAnswer.seeOther(BrowserSignIn.start(call));
            }
            throw new RejectedRequest(
                    RejectionReason.UNAUTHENTICATED, "your session has ended: sign in, and repeat what you did");
        }
        if (!reads) {
            sessions.demandOwnPage(call);
        }
        return session.map(its -> named(its, call, pages)).orElseGet(() -> pages.apply(call, List.of()));
    }

    /** Who may not do something may have signed in as somebody else than they think. */
    private static HttpAnswer named(
            BrowserSession session, HttpCall call, BiFunction<HttpCall, List<Visitor>, HttpAnswer> pages) {
        Visitor visitor = Visitor.of(session);
        try {
            return pages.apply(call.withCaller(session.person()), List.of(visitor));
        } catch (RejectedRequest why) {
            throw why.reason() == RejectionReason.FORBIDDEN
                    ? RejectedRequest.forbidden("you are signed in as " + visitor.name() + ": " + why.getMessage())
                    : why;
        }
    }

    /** As a page. */
    public HttpAnswer rejection(RejectedRequest why) {
        return notices.rejection(why);
    }

    /**
     * Who is signed in, for a page's head and its forms.
     *
     * <p>Public with all its parts: templates see nothing else.
     *
     * @param configures whether the administrator's pages are open to them
     */
    public record Visitor(String name, String formToken, boolean configures) {
        private static Visitor of(BrowserSession session) {
            String name = session.person().name();
            return new Visitor(
                    name.isBlank() ? session.person().id() : name,
                    session.formToken(),
                    session.person().hasOne(Requester.CONFIGURE));
        }
    }
}
