package dev.lockstep.protocol.entra;

import com.microsoft.aad.msal4j.MsalInteractionRequiredException;
import com.microsoft.aad.msal4j.MsalServiceException;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.http.RetryAfter;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a failed sign-in means for us. Entra's own text is not passed on: it names ids and times that help nobody, and
 * its number says the same (learn.microsoft.com/entra/identity-platform/reference-error-codes).
 */
final class EntraErrors {
    private static final Pattern NUMBER = Pattern.compile("AADSTS(\\d{4,9})");

    private EntraErrors() {}

    static PlatformException of(Throwable failure, String credentialName, String scope, Instant now) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PlatformException known) {
                return known;
            }
            if (cause instanceof MsalServiceException refusal
                    && (refusal.statusCode() != null || refusal instanceof MsalInteractionRequiredException)) {
                return refused(refusal, credentialName, scope, now);
            }
        }
        return new PlatformException.Unreachable("Entra gave no usable answer", innermost(failure));
    }

    private static PlatformException refused(
            MsalServiceException refusal, String credentialName, String scope, Instant now) {
        // msal4j leaves it out where a person has to sign in, and the token endpoint's answer is always the same then.
        int status = Objects.requireNonNullElse(refusal.statusCode(), 400);
        if (status == 429) {
            return new PlatformException.Throttled(RetryAfter.parse(header(refusal, "retry-after"), now));
        }
        if (status >= 500 || status < 400 || status == 408) {
            return new PlatformException.Unreachable("Entra answered " + status);
        }
        String error = Optional.ofNullable(refusal.errorCode())
                .filter(code -> code.matches("[a-z_]{1,40}"))
                .orElse("");
        String number = number(refusal);
        String name = number.isEmpty() ? error : "AADSTS" + number;
        String advice = advice(error, number, credentialName, scope);
        return new PlatformException.PermissionMissing(
                "Entra refused (" + (name.isEmpty() ? String.valueOf(status) : name) + "): " + advice);
    }

    private static String advice(String error, String number, String credentialName, String scope) {
        return switch (number) {
            case "7000222" -> credentialName + " has expired: create a new one and store it";
            case "7000215", "700027", "7000216" ->
                credentialName + " is not one of this application's: store a valid one";
            case "700016" -> "lockstep.entra.client-id is not an application of this tenant";
            case "90002", "900023" -> "lockstep.entra.tenant-id is not a tenant of this authority";
            case "7000112" -> "the application is disabled: enable it in Entra";
            case "500011", "500013" -> "nothing in this tenant is called " + scope + ": check the platform's URL";
            case "65001" ->
                "grant the application " + scope + " as a delegated permission, with an administrator's consent";
            case "53003" -> "a conditional access policy blocks the application: let it sign in from here";
            default -> adviceOn(error, credentialName, scope);
        };
    }

    private static String adviceOn(String error, String credentialName, String scope) {
        return switch (error) {
            case "invalid_client" ->
                "check lockstep.entra.client-id and " + credentialName
                        + ", which must be valid and of this application";
            case "unauthorized_client" -> "lockstep.entra.client-id may not sign in to this tenant";
            case "invalid_grant" ->
                "sign the user in again, and store a service user's new refresh token in place of this one";
            case "invalid_scope", "invalid_resource" -> "it knows no " + scope + ": check the platform's URL";
            default -> "check lockstep.entra.tenant-id, lockstep.entra.client-id and " + credentialName;
        };
    }

    private static String number(MsalServiceException refusal) {
        Matcher number = NUMBER.matcher(String.valueOf(refusal.getMessage()));
        return number.find() ? number.group(1) : "";
    }

    private static List<String> header(MsalServiceException refusal, String name) {
        Map<String, List<String>> headers =
                Optional.ofNullable(refusal.headers()).orElse(Map.of());
        return headers.entrySet().stream()
                .filter(entry -> name.equalsIgnoreCase(entry.getKey()))
                .map(Map.Entry::getValue)
                .flatMap(Collection::stream)
                .toList();
    }

    private static Throwable innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
