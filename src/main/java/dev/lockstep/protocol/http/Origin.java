package dev.lockstep.protocol.http;

import java.net.URI;
import java.util.Locale;

/**
 * Scheme, host and port of a URL: the border that no token may cross.
 *
 * @param text as in {@code https://contoso.crm.dynamics.com}, in lower case, without the scheme's own port
 */
public record Origin(String text) {
    /** @throws IllegalArgumentException if it is no absolute http or https URL */
    public static Origin of(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (url.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new IllegalArgumentException("not an http or https URL: " + url);
        }
        int usual = scheme.equals("https") ? 443 : 80;
        String port = url.getPort() < 0 || url.getPort() == usual ? "" : ":" + url.getPort();
        return new Origin(scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + port);
    }

    public boolean holds(URI url) {
        try {
            return equals(of(url));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
