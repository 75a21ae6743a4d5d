package dev.lockstep.browser;

import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.RejectionReason;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What people are told on a page of its own: what was refused, and that they are signed out. */
@Singleton
public final class Notices {
    private final Page page;

    @Inject
    public Notices(@Location("browser/notice.html") Template notice) {
        this.page = new Page(notice, notice.getFragment("style").render(), "");
    }

    HttpAnswer answer(int status, Notice notice) {
        return page.answer(status, notice);
    }

    /** What may work the next time is asked for again by the browser itself: nobody may stand beside a wall display. */
    public HttpAnswer rejection(RejectedRequest why) {
        HttpAnswer answer = page.answer(
                why.reason().status(),
                new Notice(
                        title(why.reason()),
                        why.getMessage(),
                        links(why.reason()),
                        why.reason() == RejectionReason.UNAVAILABLE));
        Map<String, String> headers = new HashMap<>(answer.headers());
        headers.putAll(why.headers());
        return answer.with(headers);
    }

    private static List<Notice.Link> links(RejectionReason reason) {
        return switch (reason) {
            case FORBIDDEN -> List.of(Notice.Link.BOARD, Notice.Link.AS_SOMEBODY_ELSE);
            case UNAUTHENTICATED -> List.of(Notice.Link.SIGN_IN);
            default -> List.of(Notice.Link.BOARD);
        };
    }

    private static String title(RejectionReason reason) {
        return switch (reason) {
            case UNAUTHENTICATED -> "You are not signed in";
            case FORBIDDEN -> "You may not do this";
            case UNKNOWN, UNKNOWN_AGENT -> "There is nothing here";
            case UNAVAILABLE, CONFLICT -> "Not just now";
            case MALFORMED, METHOD, CHANGED, TOO_LARGE, UNSUPPORTED, UNKNOWN_STATUS -> "This was not understood";
        };
    }
}
