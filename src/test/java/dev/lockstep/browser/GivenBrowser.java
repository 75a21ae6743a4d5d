package dev.lockstep.browser;

import dev.lockstep.Defaults;
import dev.lockstep.board.BoardTemplate;
import dev.lockstep.configured.Secrets;
import dev.lockstep.configured.SupervisorGroups;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.entra.EntraTokens;
import dev.lockstep.protocol.entra.GivenSettings;
import dev.lockstep.protocol.entra.IdTokens;
import dev.lockstep.protocol.http.Requester;
import dev.lockstep.store.Control;
import dev.lockstep.store.InMemoryControl;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** People in a browser, and an installation where nobody can sign in. */
public final class GivenBrowser {
    public static final String URL = "https://presence.contoso.com";

    static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE=";
    static final String NEXT_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAI=";

    private static final Secrets INLINE = reference -> reference;

    private final BrowserSessions sessions;
    private final Visitors visitors;

    private GivenBrowser(
            BrowserSettings settings,
            EntraSettings entra,
            EntraTokens tokens,
            IdTokens idTokens,
            SupervisorGroups groups,
            Control control) {
        Notices notices = new Notices(BoardTemplate.read("browser/notice.html"));
        sessions = new BrowserSessions(settings, INLINE, groups, control, new SplittableRandom(1));
        visitors = new Visitors(
                sessions, new BrowserSignIn(settings, entra, tokens, idTokens, sessions, notices), notices);
    }

    /** Where no app registration is configured. */
    public static Visitors none() {
        return of(Defaults.of(BrowserSettings.class), List::of, new InMemoryControl(Clock.systemUTC())).visitors;
    }

    /** Where nobody comes back from Entra. */
    static GivenBrowser of(BrowserSettings settings, SupervisorGroups groups, Control control) {
        EntraSettings entra = GivenSettings.of("https://login.example", Map.of());
        return new GivenBrowser(
                settings,
                entra,
                new EntraTokens(entra, INLINE, Clock.systemUTC()),
                new IdTokens(entra, key -> Optional.empty()),
                groups,
                control);
    }

    static GivenBrowser at(EntraSettings entra, EntraTokens tokens, IdTokens idTokens, Control control) {
        return new GivenBrowser(settings(Map.of()), entra, tokens, idTokens, List::of, control);
    }

    /** People who are signed in, for pages' own tests. */
    public static GivenBrowser usual() {
        return of(settings(Map.of()), List::of, new InMemoryControl(Clock.systemUTC()));
    }

    /** @param values instead of the usual, by the setting's full name */
    static BrowserSettings settings(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(Map.of(
                "lockstep.browser.url",
                URL,
                "lockstep.browser.client-id",
                GivenSettings.CLIENT,
                "lockstep.browser.client-secret",
                "s3cret",
                "lockstep.browser.session-keys",
                KEY));
        all.putAll(values);
        return Defaults.of(BrowserSettings.class, all);
    }

    public Visitors visitors() {
        return visitors;
    }

    BrowserSessions sessions() {
        return sessions;
    }

    /** The cookie of a session that begins then, as a browser brings it. */
    public String signedIn(Requester.Holder person, Instant now) {
        return sessions.begun(person, now).split(";")[0];
    }
}
