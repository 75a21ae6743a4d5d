package dev.lockstep.local.entra;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Proves who asks for a token: a client secret, or a JWT signed with a registered certificate's key (RFC 7523). */
final class ClientCheck {
    private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final long SKEW_SECONDS = 300;

    private final Tenant directory;
    private final InstantSource clock;

    ClientCheck(Tenant directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** @param audiences any of which an assertion must be for */
    Application authenticate(Map<String, String> form, Set<String> audiences) {
        String clientId = Optional.ofNullable(form.get("client_id"))
                .or(() -> subject(form))
                .orElseThrow(() -> EntraError.missing("client_id"));
        Application application =
                directory.application(clientId).orElseThrow(() -> EntraError.unknownApplication(clientId));
        if (form.containsKey("client_assertion")) {
            checkAssertion(application, form, audiences);
        } else if (!application
                .secrets()
                .contains(Optional.ofNullable(form.get("client_secret")).orElseThrow(EntraError::noCredential))) {
            throw EntraError.wrongSecret(clientId);
        }
        return application;
    }

    private static Optional<String> subject(Map<String, String> form) {
        return Optional.ofNullable(form.get("client_assertion"))
                .flatMap(Jwt::parse)
                .map(jwt -> jwt.claims().path("sub").asText());
    }

    private void checkAssertion(Application application, Map<String, String> form, Set<String> audiences) {
        demand(JWT_BEARER.equals(form.get("client_assertion_type")), 900144, "'client_assertion_type' is missing.");
        Jwt jwt = Jwt.parse(form.get("client_assertion"))
                .orElseThrow(() -> EntraError.wrongAssertion(50027, "JWT token is invalid or malformed."));
        X509Certificate certificate = application.certificates().stream()
                .filter(candidate -> names(jwt.header(), candidate))
                .findFirst()
                .orElseThrow(() -> EntraError.wrongAssertion(
                        700027, "The certificate with the assertion's thumbprint is not registered on application."));
        demand(jwt.isSignedBy(certificate.getPublicKey()), 700027, "Client assertion failed signature validation.");
        checkClaims(application, jwt.claims(), audiences);
    }

    private void checkClaims(Application application, JsonNode claims, Set<String> audiences) {
        String id = application.clientId();
        long now = clock.instant().getEpochSecond();
        demand(id.equalsIgnoreCase(claims.path("sub").asText()), 700021, "Client assertion 'sub' is not the client.");
        demand(id.equalsIgnoreCase(claims.path("iss").asText()), 700021, "Client assertion 'iss' is not the client.");
        demand(
                audiences.contains(claims.path("aud").asText()),
                700023,
                "Client assertion audience claim does not match Realm issuer.");
        demand(
                claims.path("exp").asLong() > now - SKEW_SECONDS
                        && claims.path("nbf").asLong() < now + SKEW_SECONDS,
                700024,
                "Client assertion is not within its valid time range.");
    }

    /** msal4j writes the thumbprint in base64 with padding, others as RFC 7515 has it; Entra takes both. */
    private static boolean names(JsonNode header, X509Certificate certificate) {
        return thumbprint(certificate, "SHA-256").equals(urlSafe(header.path("x5t#S256")))
                || thumbprint(certificate, "SHA-1").equals(urlSafe(header.path("x5t")));
    }

    private static String urlSafe(JsonNode base64) {
        return base64.asText().replace('+', '-').replace('/', '_').replace("=", "");
    }

    private static String thumbprint(X509Certificate certificate, String algorithm) {
        try {
            return Jwt.encode(MessageDigest.getInstance(algorithm).digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void demand(boolean holds, int code, String otherwise) {
        if (!holds) {
            throw EntraError.wrongAssertion(code, otherwise);
        }
    }
}
