package dev.lockstep.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.protocol.entra.HolderClaims;
import dev.lockstep.protocol.http.Requester;

/** What API Gateway's JWT authorizer found in a token that it verified (API Gateway, http-api-jwt-authorizer). */
final class VerifiedToken {
    private VerifiedToken() {}

    /**
     * An authorizer that says anything else than the claims of a token, or none at all, has verified nobody's roles: a
     * route that lost its authorizer must not be open to everybody.
     */
    static Requester caller(JsonNode authorizer, GatewaySettings.Authorization authorization) {
        if (authorization == GatewaySettings.Authorization.NONE) {
            return new Requester.Unasked();
        }
        JsonNode claims = authorizer.path("jwt").path("claims");
        return claims.isObject() ? HolderClaims.ofAccessToken(claims) : new Requester.Unverified();
    }
}
