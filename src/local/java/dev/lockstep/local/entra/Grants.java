package dev.lockstep.local.entra;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The authorization codes and refresh tokens that were handed out. */
final class Grants {
    private static final Duration CODE_LIFE = Duration.ofMinutes(10);
    private static final Duration REFRESH_LIFE = Duration.ofDays(90);

    private final InstantSource clock;
    private final Map<String, Grant> codes = new ConcurrentHashMap<>();
    private final Map<String, Grant> refreshTokens = new ConcurrentHashMap<>();

    Grants(InstantSource clock) {
        this.clock = clock;
    }

    /** Who may get tokens for whom; redirect, challenge (PKCE, S256) and nonce belong to codes and may be empty. */
    record Grant(
            String clientId,
            String userId,
            String scope,
            String redirect,
            String challenge,
            String nonce,
            Instant until) {}

    String code(String clientId, String userId, String scope, String redirect, String challenge, String nonce) {
        String code = "0.A" + UUID.randomUUID();
        Instant until = clock.instant().plus(CODE_LIFE);
        codes.put(code, new Grant(clientId, userId, scope, redirect, challenge, nonce, until));
        return code;
    }

    String refreshToken(String clientId, String userId, String scope) {
        String token = "1.R" + UUID.randomUUID() + UUID.randomUUID();
        Instant until = clock.instant().plus(REFRESH_LIFE);
        refreshTokens.put(token, new Grant(clientId, userId, scope, "", "", "", until));
        return token;
    }

    void revoke(String userId) {
        refreshTokens.values().removeIf(grant -> grant.userId.equals(userId));
    }

    /** A code works once. */
    Grant redeem(Map<String, String> form, Application application) {
        Grant grant = Optional.ofNullable(codes.remove(required(form, "code")))
                .orElseThrow(() -> EntraError.wrongGrant(54005, "OAuth2 Authorization code was already redeemed."));
        check(grant, application);
        if (!grant.redirect.equals(form.get("redirect_uri"))) {
            throw EntraError.wrongGrant(50011, "The redirect URI does not match the one of the code.");
        }
        if (!grant.challenge.isEmpty() && !grant.challenge.equals(s256(required(form, "code_verifier")))) {
            throw EntraError.wrongGrant(501481, "The Code_Verifier does not match the code_challenge.");
        }
        return grant;
    }

    /** A refresh token goes on working after it was used, as Entra's do. */
    Grant refresh(Map<String, String> form, Application application) {
        Grant grant = Optional.ofNullable(refreshTokens.get(required(form, "refresh_token")))
                .orElseThrow(() -> EntraError.wrongGrant(9002313, "Invalid request. Request is malformed or invalid."));
        check(grant, application);
        return grant;
    }

    private void check(Grant grant, Application application) {
        if (!grant.clientId.equalsIgnoreCase(application.clientId())) {
            throw EntraError.wrongGrant(70000, "Provided grant was issued for another client.");
        }
        if (clock.instant().isAfter(grant.until)) {
            throw EntraError.wrongGrant(70008, "The provided authorization code or refresh token has expired.");
        }
    }

    static String required(Map<String, String> form, String name) {
        return Optional.ofNullable(form.get(name))
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> EntraError.missing(name));
    }

    private static String s256(String verifier) {
        try {
            return Jwt.encode(
                    MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
