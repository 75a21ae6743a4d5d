package dev.lockstep.browser;

import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.signature.Digest;
import io.quarkus.qute.Template;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A template of a page that loads and runs nothing of others, and what browsers are told about it. It holds its style as a
 * fragment, by whose digest the browser knows the only style that it may apply.
 */
public final class Page {
    /** HTML does not allow them, and a name from elsewhere may hold some. Line ends may stay. */
    private static final Pattern CONTROL_CHARACTERS = Pattern.compile("[\\p{Cc}&&[^\n]]");

    private final Template template;
    private final Map<String, String> headers;

    public Page(Template template) {
        this.template = template;
        // Without its origin (no-referrer) a browser would send forms as from nowhere, which we refuse.
        this.headers = Map.of(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'sha256-"
                        + digest(template.getFragment("style").render())
                        + "'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
                "X-Content-Type-Options",
                "nosniff",
                "Referrer-Policy",
                "same-origin");
    }

    /** @param data under the name {@code page} */
    public HttpAnswer answer(int status, Object data) {
        String html = template.data("page", data).render();
        return new HttpAnswer(
                status, "text/html", CONTROL_CHARACTERS.matcher(html).replaceAll(" "), headers);
    }

    private static String digest(String style) {
        return Base64.getEncoder().encodeToString(Digest.sha256(style));
    }
}
