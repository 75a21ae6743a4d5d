package dev.lockstep.teams.notifications;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.entra.SignedToken;
import dev.lockstep.protocol.http.Origin;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Checks the tokens by which Graph proves that a notification comes from it
 * (learn.microsoft.com/graph/change-notifications-with-resource-data, "Validation tokens in the change notification").
 */
public final class ValidationTokens {
    /** "Microsoft Graph Change Tracking", the only sender of notifications. */
    private static final String SENDER = "0bf30f3b-4a52-48df-9a82-234910c4a086";

    private static final int LONGEST = 16 * 1024;
    private static final ObjectReader JSON =
            new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final EntraSettings application;
    private final Function<String, Optional<PublicKey>> keys;

    /** @param keys Entra's, by key id; throws if they cannot be had */
    public ValidationTokens(EntraSettings application, Function<String, Optional<PublicKey>> keys) {
        this.application = application;
        this.keys = keys;
    }

    /**
     * Whether Graph issued it for us, and it has not expired.
     *
     * @throws dev.lockstep.platform.PlatformException.Unreachable if Entra's keys are not known and cannot be had
     */
    boolean isGenuine(String token, Instant now) {
        // What costs nothing first: keys are asked for only for a token that could be ours.
        return SignedToken.read(token, LONGEST, JSON)
                .filter(its -> isForUs(its) && its.isTimely(now) && its.isSignedBy(keys))
                .isPresent();
    }

    private boolean isForUs(SignedToken its) {
        boolean ours = application
                .clientId()
                .filter(its.claim("aud")::equalsIgnoreCase)
                .isPresent();
        String tenant = application.tenantId().map(String::strip).orElse("");
        String caller = switch (its.claim("ver")) {
            case "1.0" -> its.claim("appid");
            case "2.0" -> its.claim("azp");
            default -> "";
        };
        return ours
                && caller.equalsIgnoreCase(SENDER)
                && !tenant.isEmpty()
                && its.claim("tid").equalsIgnoreCase(tenant)
                && issuers(its.claim("ver"), tenant).anyMatch(its.claim("iss")::equalsIgnoreCase);
    }

    private Stream<String> issuers(String version, String tenant) {
        return version.equals("1.0")
                ? Stream.of("https://sts.windows.net/" + tenant + "/")
                : Stream.of(
                        "https://login.microsoftonline.com/" + tenant + "/v2.0",
                        Origin.of(application.authority()) + "/" + tenant + "/v2.0");
    }
}
