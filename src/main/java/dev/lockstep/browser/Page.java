package dev.lockstep.browser;

import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.signature.Digest;
import io.quarkus.qute.Template;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A template of a page that loads and runs nothing of others, and what browsers are told about it: by the digests of its
 * style and its script they know the only ones that they may apply and run.
 */
public final class Page {
    /** HTML does not allow them, and a name from elsewhere may hold some. Line ends may stay. */
    private static final Pattern CONTROL_CHARACTERS = Pattern.compile("[\\p{Cc}&&[^\n]]");

    private final Template template;
    private final Map<String, String> headers;

    /**
     * @param style as it stands in the page
     * @param script the same; blank for none
     */
    public Page(Template template, String style, String script) {
        this.template = template;
        String scripts = script.isBlank() ? "" : "script-src " + digest(script) + "; connect-src 'self'; ";
        // Without its origin (no-referrer) a browser would send forms as from nowhere, which we refuse.
        this.headers = Map.of(
                "Content-Security-Policy",
                "default-src 'none'; style-src " + digest(style) + "; " + scripts
                        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
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

    private static String digest(String text) {
        return "'sha256-" + Base64.getEncoder().encodeToString(Digest.sha256(text)) + "'";
    }
}
