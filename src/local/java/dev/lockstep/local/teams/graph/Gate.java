package dev.lockstep.local.teams.graph;

import dev.lockstep.local.entra.Caller;
import dev.lockstep.local.entra.Tenant;
import dev.lockstep.local.entra.TokenIssuer;
import dev.lockstep.local.entra.TokenRefused;
import dev.lockstep.local.server.Request;
import java.util.Set;

/** Who calls Graph, and with which permissions. */
public final class Gate {
    private final TokenIssuer tokens;
    private final Set<String> audiences;

    public Gate(TokenIssuer tokens, String url) {
        this.tokens = tokens;
        audiences = Tenant.audiences(url);
    }

    /** @throws GraphError 401 when there is no token that holds */
    Caller caller(Request request) {
        try {
            return tokens.verify(request.header("Authorization"), audiences);
        } catch (TokenRefused e) {
            throw GraphError.invalidToken(
                    switch (e.reason()) {
                        case MISSING -> "Access token is empty.";
                        case MALFORMED -> "IDX14100: JWT is not well formed, there are no dots (.).";
                        case SIGNATURE -> "Access token validation failure. Invalid signature.";
                        case ISSUER -> "Access token validation failure. Invalid issuer.";
                        case AUDIENCE -> "Access token validation failure. Invalid audience.";
                        case EXPIRED -> "Lifetime validation failed, the token is expired.";
                    });
        }
    }

    /** @throws GraphError 401, or 403 when the token has none of the permissions */
    Caller caller(Request request, String... permissions) {
        Caller caller = caller(request);
        if (!caller.may(permissions)) {
            throw GraphError.denied();
        }
        return caller;
    }
}
