package dev.lockstep.browser;

import dev.lockstep.configured.Secrets;
import dev.lockstep.configured.SupervisorGroup;
import dev.lockstep.configured.SupervisorGroups;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.Origin;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.Requester;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Who is signed in with a browser. All that is known of a session stands in its cookie; the store knows those alone that
 * were signed out before their end, so that a copied cookie is worth nothing afterwards.
 */
@Singleton
public final class BrowserSessions {
    private static final String COOKIE = "lockstep";
    private static final String PURPOSE = "session";
    private static final int RANDOM_BYTES = 16;

    /** More than anybody has; a token may name more. */
    private static final int MOST_ROLES = 16;

    private final BrowserSettings settings;
    private final SupervisorGroups groups;
    private final Control control;
    private final RandomGenerator random;
    private final KeyRing keys;

    @Inject
    public BrowserSessions(
            BrowserSettings settings,
            Secrets secrets,
            SupervisorGroups groups,
            Control control,
            RandomGenerator random) {
        this.settings = settings;
        this.groups = groups;
        this.control = control;
        this.random = random;
        this.keys = new KeyRing(
                () -> secrets.revealAll(settings.sessionKeys().stream().toList()), random);
    }

    /** Whether anybody can sign in here. */
    public boolean areOffered() {
        return settings.clientId().filter(id -> !id.isBlank()).isPresent();
    }

    /**
     * The session of whoever calls; empty if they are not signed in.
     *
     * @throws PlatformException if the keys cannot be had
     * @throws dev.lockstep.store.StoreUnavailable if it cannot be known whether it was signed out
     */
    public Optional<BrowserSession> of(HttpCall call) {
        if (!areOffered()) {
            return Optional.empty();
        }
        return site().values(COOKIE, call)
                .flatMap(cookie -> keys.open(PURPOSE, cookie).stream())
                .flatMap(text -> BrowserSession.read(text).stream())
                .filter(session -> !session.isOverAt(call.receivedAt()))
                .findFirst()
                .filter(session ->
                        control.get(ControlKeys.SIGNED_OUT + session.id()).isEmpty());
    }

    /**
     * Begins one.
     *
     * @return the cookie
     * @throws RejectedRequest if the person has so many groups that no cookie can hold them
     */
    String begun(Requester.Holder person, Instant now) {
        BrowserSession session = new BrowserSession(random(), random(), limited(person), now.plus(settings.session()));
        String sealed = keys.seal(PURPOSE, session.written());
        if (sealed.length() > KeyRing.LONGEST) {
            throw RejectedRequest.forbidden(
                    "your account is in too many of the groups that are given teams in the configuration, under"
                            + " supervisors: ask an administrator to give your teams to fewer");
        }
        return site().kept(COOKIE, sealed, settings.session());
    }

    /** Of hundreds of groups only those matter that are given teams, and a cookie does not hold the others. */
    private Requester.Holder limited(Requester.Holder person) {
        Set<String> given = groups.all().stream().map(SupervisorGroup::group).collect(Collectors.toSet());
        return new Requester.Holder(
                true,
                person.id(),
                person.name(),
                person.roles().stream().sorted().limit(MOST_ROLES).collect(Collectors.toSet()),
                person.groups().stream().filter(given::contains).collect(Collectors.toSet()));
    }

    /**
     * Ends the one of whoever calls, wherever else its cookie may be.
     *
     * @return the cookie that takes its place
     */
    String ended(HttpCall call) {
        of(call).ifPresent(session -> control.put(
                ControlKeys.SIGNED_OUT + session.id(), call.receivedAt().toString(), Optional.of(session.endsAt())));
        return site().dropped(COOKIE);
    }

    /**
     * That an act was sent by a page of ours: by what the browser says of where it comes from, and by the form's token.
     * Who is asked for no token, as on a laptop, has no session either, and is held to the first.
     *
     * @throws RejectedRequest if it was not
     */
    public void demandOwnPage(HttpCall call) {
        demandOwnOrigin(call);
        Optional<BrowserSession> session = of(call);
        boolean told = session.stream().anyMatch(its -> isSame(its.formToken(), call.formField("token")));
        if (session.isPresent() && !told) {
            throw RejectedRequest.forbidden(
                    "the form is not of this session: go back, load the page again and repeat it");
        }
    }

    private void demandOwnOrigin(HttpCall call) {
        Optional<String> fetched = call.header("sec-fetch-site");
        Optional<String> origin = call.header("origin");
        boolean foreign = fetched.filter(from -> !from.equals("same-origin")).isPresent()
                || origin.filter(from -> !isOurs(from, call)).isPresent();
        if (foreign || (fetched.isEmpty() && origin.isEmpty())) {
            throw RejectedRequest.forbidden("only pages of Lockstep itself may send this");
        }
    }

    private boolean isOurs(String origin, HttpCall call) {
        return settings.url()
                .map(url -> Origin.of(url).text().equals(origin))
                .orElseGet(() -> call.header("host")
                        .filter(host -> origin.equals("http://" + host) || origin.equals("https://" + host))
                        .isPresent());
    }

    /** @throws PlatformException.PermissionMissing if it is not said where the pages are */
    Site site() {
        URI url = settings.url()
                .orElseThrow(() -> new PlatformException.PermissionMissing("lockstep.browser.url is not set"));
        return Site.of(url);
    }

    KeyRing keys() {
        return keys;
    }

    String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
