package dev.lockstep.browser;

import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.Origin;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Where our pages are, and the cookies that a browser keeps for it. */
final class Site {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Whoever can set a cookie for a neighbour's name could send a hundred of ours. */
    private static final int MOST_OF_A_NAME = 3;

    private final Origin origin;
    private final boolean secure;

    private Site(Origin origin) {
        this.origin = origin;
        this.secure = origin.text().startsWith("https:");
    }

    /** @throws PlatformException.PermissionMissing if what is sent there could be read on its way */
    static Site of(URI url) {
        try {
            Origin origin = Origin.of(url);
            if (origin.text().startsWith("https:") || LOOPBACK.contains(url.getHost())) {
                return new Site(origin);
            }
        } catch (IllegalArgumentException e) {
            // Answered as one without encryption.
        }
        throw new PlatformException.PermissionMissing("lockstep.browser.url must be an https URL");
    }

    Origin origin() {
        return origin;
    }

    /** {@code __Host-}: a browser takes it from this very host over TLS alone (RFC 6265bis, 4.1.3.2). */
    private String named(String cookie) {
        return secure ? "__Host-" + cookie : cookie;
    }

    /** SameSite is lax: who comes back from Entra comes from another site. Acts are held to a token besides. */
    String kept(String cookie, String value, Duration age) {
        return named(cookie) + "=" + value + "; Path=/; Max-Age=" + age.toSeconds() + "; HttpOnly; SameSite=Lax"
                + (secure ? "; Secure" : "");
    }

    String dropped(String cookie) {
        return kept(cookie, "", Duration.ZERO);
    }

    /** What the browser sent under that name. */
    Stream<String> values(String cookie, HttpCall call) {
        String start = named(cookie) + "=";
        return List.of(call.header("cookie").orElse("").split(";")).stream()
                .map(String::strip)
                .filter(pair -> pair.startsWith(start))
                .map(pair -> pair.substring(start.length()))
                .limit(MOST_OF_A_NAME);
    }
}
