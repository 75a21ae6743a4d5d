package dev.lockstep.browser;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.entra.EntraTokens;
import dev.lockstep.protocol.entra.HolderClaims;
import dev.lockstep.protocol.entra.IdTokens;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.Origin;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.RejectionReason;
import dev.lockstep.protocol.http.Requester;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * {@code GET /sign-in}, {@code GET /sign-in/callback}, {@code POST /sign-out}: people sign in with Entra by an
 * authorization code with PKCE, exchanged on this side (learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow;
 * RFC 9700). What began a sign-in is kept by its browser, sealed: nobody can finish one that somebody else began.
 */
@Singleton
public final class BrowserSignIn {
    private static final Logger LOG = Logger.getLogger(BrowserSignIn.class);

    /** An administrator consents to these for everybody. The last one is msal4j's own wish; nothing comes of it. */
    public static final List<String> SCOPES = List.of("openid", "profile", "offline_access");

    private static final String PREFIX = "lockstep.browser";
    private static final String CALLBACK = "/sign-in/callback";
    private static final String COOKIE = "lockstep-sign-in";
    private static final int LONGEST_CODE = 8_192;
    private static final Pattern NUMBER = Pattern.compile("AADSTS(\\d{4,9})");

    /** Pages of ours, and nothing that a browser could read as another host's. */
    private static final Pattern OWN_PAGE = Pattern.compile("/board(/[\\w.~@%-]+)*(\\?[\\w.~%=&+-]*)?");

    private static final int LONGEST_PAGE = 512;

    private final BrowserSettings settings;
    private final EntraSettings entra;
    private final EntraTokens tokens;
    private final IdTokens idTokens;
    private final BrowserSessions sessions;
    private final Notices notices;

    @Inject
    public BrowserSignIn(
            BrowserSettings settings,
            EntraSettings entra,
            EntraTokens tokens,
            IdTokens idTokens,
            BrowserSessions sessions,
            Notices notices) {
        this.settings = settings;
        this.entra = entra;
        this.tokens = tokens.as(settings, PREFIX);
        this.idTokens = idTokens;
        this.sessions = sessions;
        this.notices = notices;
    }

    /** Whether the call is for this room. */
    public static boolean takes(HttpCall call) {
        return call.pathPart(1).equals("sign-in") || call.pathPart(1).equals("sign-out");
    }

    /** Where who is not signed in begins, to come back to what they asked for. */
    public static String start(HttpCall call) {
        return "/sign-in?to=" + encoded(call.path() + (call.rawQuery().isBlank() ? "" : "?" + call.rawQuery()));
    }

    /** @throws RejectedRequest if it is not taken; {@link Notices} says why */
    public HttpAnswer handle(HttpCall call) {
        if (!sessions.areOffered()) {
            throw new RejectedRequest(
                    RejectionReason.UNKNOWN,
                    "nobody can sign in here with a browser: an administrator has to set " + PREFIX + ".client-id");
        }
        return switch (call.path()) {
            case "/sign-in" -> begun(only("GET", call));
            case CALLBACK -> finished(only("GET", call));
            case "/sign-out" -> signedOut(only("POST", call));
            default -> throw new RejectedRequest(RejectionReason.UNKNOWN, "there is nothing at this path");
        };
    }

    private static HttpCall only(String method, HttpCall call) {
        if (!call.method().equals(method)) {
            throw RejectedRequest.onlyWith(method);
        }
        return call;
    }

    private HttpAnswer begun(HttpCall call) {
        call.allowParameters(List.of("to", "account"));
        Attempt attempt = Attempt.begun(
                sessions.random(),
                sessions.random(),
                sessions.random() + sessions.random(),
                ownPage(call.formParameter("to")),
                call.receivedAt());
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", clientId());
        query.put("response_type", "code");
        query.put("response_mode", "query");
        query.put("redirect_uri", redirect().toString());
        query.put("scope", String.join(" ", SCOPES));
        query.put("state", attempt.state());
        query.put("nonce", attempt.nonce());
        query.put("code_challenge", attempt.challenge());
        query.put("code_challenge_method", "S256");
        if (call.formParameter("account").equals("choose")) {
            query.put("prompt", "select_account");
        }
        return HttpAnswer.seeOther(entra("authorize") + "?" + form(query))
                .withCookies(
                        sessions.site().kept(COOKIE, sessions.keys().seal(COOKIE, attempt.written()), Attempt.LONGEST));
    }

    /** Anything else leads to the board: nobody is sent elsewhere by a link to us. */
    static String ownPage(String asked) {
        return asked.length() <= LONGEST_PAGE && OWN_PAGE.matcher(asked).matches() ? asked : "/board";
    }

    private HttpAnswer finished(HttpCall call) {
        Attempt attempt = sessions.site()
                .values(COOKIE, call)
                .flatMap(cookie -> sessions.keys().open(COOKIE, cookie).stream())
                .flatMap(text -> Attempt.read(text).stream())
                .filter(begun -> begun.isAliveAt(call.receivedAt()))
                .filter(begun -> BrowserSessions.isSame(begun.state(), call.formParameter("state")))
                .findFirst()
                .orElseThrow(BrowserSignIn::notBegunHere);
        if (!call.formParameter("error").isBlank()) {
            throw refused(call);
        }
        Requester.Holder person = person(attempt, call);
        return HttpAnswer.seeOther(attempt.page())
                .withCookies(
                        sessions.begun(person, call.receivedAt()),
                        sessions.site().dropped(COOKIE));
    }

    private Requester.Holder person(Attempt attempt, HttpCall call) {
        String code = call.formParameter("code");
        if (code.isBlank() || code.length() > LONGEST_CODE) {
            throw notBegunHere();
        }
        String token;
        try {
            token = tokens.idToken(code, redirect(), attempt.verifier());
        } catch (PlatformException.PermissionMissing e) {
            LOG.warnf("a sign-in was refused: %s", e.getMessage());
            throw new RejectedRequest(
                    RejectionReason.UNAUTHENTICATED,
                    "Microsoft Entra did not finish the sign-in. Sign in again; if it stays so, an administrator finds"
                            + " the reason in the log of the function board");
        }
        Optional<JsonNode> claims = idTokens.claims(token, clientId(), attempt.nonce(), call.receivedAt());
        return claims.map(HolderClaims::ofIdToken)
                .filter(holder -> !holder.id().isEmpty())
                .orElseThrow(() -> {
                    LOG.warn("a sign-in was refused: its ID token is not of this sign-in, or not genuine");
                    return notBegunHere();
                });
    }

    private static RejectedRequest notBegunHere() {
        return new RejectedRequest(
                RejectionReason.UNAUTHENTICATED,
                "this sign-in did not begin in this browser, has ended already, or took longer than "
                        + Attempt.LONGEST.toMinutes() + " minutes: sign in again");
    }

    /** Entra's own text is not repeated: whoever makes a link to us could write it. */
    private static RejectedRequest refused(HttpCall call) {
        Matcher number = NUMBER.matcher(call.formParameter("error_description"));
        String code = number.find() ? number.group(1) : "";
        String why = switch (code) {
            case "50105" -> "you are not assigned to Lockstep API: ask an administrator for a role there";
            case "65004", "" -> "it was cancelled, or Microsoft Entra did not let you in";
            case "65001", "90094", "90095" -> "an administrator has to consent to Lockstep API's sign-in first";
            default -> "Microsoft Entra answered AADSTS" + code;
        };
        return RejectedRequest.forbidden("you were not signed in: " + why);
    }

    private HttpAnswer signedOut(HttpCall call) {
        sessions.demandOwnPage(call);
        return notices.answer(
                        200,
                        Notice.of(
                                "You are signed out",
                                "Your session with Lockstep has ended. Your browser may still be signed in to Microsoft.",
                                Notice.Link.SIGN_IN,
                                Notice.Link.AS_SOMEBODY_ELSE,
                                new Notice.Link("Sign out of Microsoft as well", entra("logout"))))
                .withCookies(sessions.ended(call));
    }

    private String entra(String part) {
        String tenant = entra.tenantId()
                .map(String::strip)
                .orElseThrow(() -> new PlatformException.PermissionMissing("lockstep.entra.tenant-id is not set"));
        return Origin.of(entra.authority()) + "/" + tenant + "/oauth2/v2.0/" + part;
    }

    private String clientId() {
        return settings.clientId().map(String::strip).orElse("");
    }

    private URI redirect() {
        return URI.create(sessions.site().origin() + CALLBACK);
    }

    private static String form(Map<String, String> query) {
        return query.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + encoded(pair.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
