package dev.lockstep.local.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.entra.TokenRefused.Reason;
import dev.lockstep.local.server.Json;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Signs the tenant's tokens and checks them for the other simulated platforms. Issuers are the real ones, so that
 * the product's own check of validation tokens meets what it will meet.
 */
public final class TokenIssuer {
    /** "Microsoft Graph Change Tracking", learn.microsoft.com/graph/change-notifications-with-resource-data. */
    static final String CHANGE_TRACKING = "0bf30f3b-4a52-48df-9a82-234910c4a086";

    private final String tenantId;
    private final InstantSource clock;
    private final List<Key> keys = new CopyOnWriteArrayList<>();
    private volatile Duration lifetime = Duration.ofSeconds(3599);

    public TokenIssuer(String tenantId, InstantSource clock) {
        this(tenantId, clock, newPair());
    }

    /** Signs with a given RSA key at first. */
    public TokenIssuer(String tenantId, InstantSource clock, KeyPair first) {
        this.tenantId = tenantId;
        this.clock = clock;
        keys.add(new Key(newId(), first));
    }

    private record Key(String id, KeyPair pair) {}

    /** Signs with a new key from now on; tokens signed with the former one stay valid. Entra does so daily. */
    public void rotateKey() {
        keys.add(0, new Key(newId(), newPair()));
    }

    /** A new RSA key of 2,048 bits. */
    public static KeyPair newPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** How long access tokens live; 3,599 s unless changed. */
    public void lifetime(Duration time) {
        lifetime = time;
    }

    Duration lifetime() {
        return lifetime;
    }

    /** An application's token for a resource, of version 1.0 as Graph's and Dataverse's are. */
    public String forApplication(String clientId, String audience, Set<String> roles) {
        ObjectNode claims = v1(audience, clientId);
        claims.put("oid", clientId).put("sub", clientId).put("idtyp", "app");
        return sign(withRoles(claims, roles));
    }

    /** An application's token for another one's API, of version 2.0. */
    public String forApi(String clientId, String api, Set<String> roles) {
        return sign(withRoles(v2(api, clientId).put("oid", clientId).put("sub", clientId), roles));
    }

    /** A token with which an application calls another one's API for somebody who signed in, of version 2.0. */
    public String forApi(String clientId, Tenant.User user, String api, Set<String> scopes, Set<String> roles) {
        ObjectNode claims = v2(api, clientId).put("oid", user.id()).put("sub", user.id());
        claims.put("name", user.name()).put("preferred_username", user.name());
        claims.put("scp", String.join(" ", scopes.stream().sorted().toList()));
        return sign(withList(withRoles(claims, roles), "groups", user.groups()));
    }

    private static ObjectNode withRoles(ObjectNode claims, Set<String> roles) {
        return withList(claims, "roles", roles);
    }

    private static ObjectNode withList(ObjectNode claims, String name, Set<String> values) {
        if (!values.isEmpty()) {
            ArrayNode list = claims.putArray(name);
            values.stream().sorted().forEach(list::add);
        }
        return claims;
    }

    /** A delegated token for a resource. */
    public String forUser(String clientId, Tenant.User user, String audience, Set<String> scopes) {
        ObjectNode claims = v1(audience, clientId);
        claims.put("oid", user.id()).put("sub", user.id()).put("idtyp", "user").put("upn", user.name());
        return sign(claims.put("scp", String.join(" ", scopes.stream().sorted().toList())));
    }

    /**
     * The identity token: what msal4j reads the account from, and by what an application knows who signed in.
     *
     * @param nonce of the sign-in; empty after it
     */
    public String identity(String clientId, Tenant.User user, String nonce, Set<String> roles) {
        ObjectNode claims = timed().put("aud", clientId).put("iss", issuer(2)).put("ver", "2.0");
        claims.put("tid", tenantId).put("oid", user.id()).put("sub", user.id());
        claims.put("name", user.name()).put("preferred_username", user.name());
        if (!nonce.isEmpty()) {
            claims.put("nonce", nonce);
        }
        return sign(withList(withRoles(claims, roles), "groups", user.groups()));
    }

    /** The token that comes with encrypted notifications, in the version that the application asks for. */
    public String validation(Application application) {
        int version = application.tokenVersion();
        ObjectNode claims = timed().put("aud", application.clientId()).put("iss", issuer(version));
        claims.put("tid", tenantId).put("ver", version + ".0").put("idp", issuer(1));
        claims.put(version == 1 ? "appid" : "azp", CHANGE_TRACKING);
        return sign(claims.put(version == 1 ? "appidacr" : "azpacr", "2"));
    }

    /**
     * Checks an {@code Authorization} header.
     *
     * @param audiences any of which the token must be for
     * @throws TokenRefused when it is missing or does not hold
     */
    public Caller verify(Optional<String> authorization, Set<String> audiences) {
        return caller(claims(authorization, 1, audiences));
    }

    /**
     * Checks an {@code Authorization} header with a token of a version.
     *
     * @throws TokenRefused when it is missing or does not hold
     */
    public JsonNode claims(Optional<String> authorization, int version, Set<String> audiences) {
        String text = authorization
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip())
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> new TokenRefused(Reason.MISSING));
        Jwt token = Jwt.parse(text).orElseThrow(() -> new TokenRefused(Reason.MALFORMED));
        demand(
                keyOf(token)
                        .filter(key -> token.isSignedBy(key.pair.getPublic()))
                        .isPresent(),
                Reason.SIGNATURE);
        JsonNode claims = token.claims();
        demand(claims.path("iss").asText().equals(issuer(version)), Reason.ISSUER);
        demand(audiences.contains(claims.path("aud").asText()), Reason.AUDIENCE);
        demand(clock.instant().getEpochSecond() < claims.path("exp").asLong(), Reason.EXPIRED);
        return claims;
    }

    /** The public keys, as {@code /discovery/v2.0/keys} shows them. */
    JsonNode jwks() {
        ObjectNode set = Json.object();
        ArrayNode list = set.putArray("keys");
        for (Key key : keys) {
            RSAPublicKey rsa = (RSAPublicKey) key.pair.getPublic();
            ObjectNode entry = list.addObject().put("kty", "RSA").put("use", "sig");
            entry.put("alg", "RS256").put("kid", key.id).put("x5t", key.id);
            entry.put("n", unsigned(rsa.getModulus())).put("e", unsigned(rsa.getPublicExponent()));
        }
        return set;
    }

    String issuer(int version) {
        return version == 1
                ? "https://sts.windows.net/" + tenantId + "/"
                : "https://login.microsoftonline.com/" + tenantId + "/v2.0";
    }

    private static Caller caller(JsonNode claims) {
        String scopes = claims.path("scp").asText();
        Set<String> roles = new HashSet<>();
        claims.path("roles").forEach(role -> roles.add(role.asText()));
        return new Caller(
                claims.path("appid").asText(),
                claims.path("tid").asText(),
                Set.copyOf(roles),
                claims.has("scp") ? Json.text(claims, "oid") : Optional.empty(),
                scopes.isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(scopes.split(" "))),
                Instant.ofEpochSecond(claims.path("exp").asLong()));
    }

    private Optional<Key> keyOf(Jwt token) {
        String id = token.header().path("kid").asText();
        return keys.stream().filter(key -> key.id.equals(id)).findFirst();
    }

    private ObjectNode v1(String audience, String clientId) {
        ObjectNode claims = timed().put("aud", audience).put("iss", issuer(1)).put("ver", "1.0");
        return claims.put("appid", clientId).put("appidacr", "1").put("tid", tenantId);
    }

    private ObjectNode v2(String audience, String clientId) {
        ObjectNode claims = timed().put("aud", audience).put("iss", issuer(2)).put("ver", "2.0");
        return claims.put("azp", clientId).put("azpacr", "1").put("tid", tenantId);
    }

    private ObjectNode timed() {
        long now = clock.instant().getEpochSecond();
        return Json.object()
                .put("iat", now)
                .put("nbf", now)
                .put("exp", now + lifetime.toSeconds())
                .put("uti", UUID.randomUUID().toString());
    }

    private String sign(JsonNode claims) {
        Key key = keys.get(0);
        JsonNode header = Json.object()
                .put("typ", "JWT")
                .put("alg", "RS256")
                .put("x5t", key.id)
                .put("kid", key.id);
        return Jwt.sign(header, claims, key.pair.getPrivate());
    }

    private static void demand(boolean holds, Reason otherwise) {
        if (!holds) {
            throw new TokenRefused(otherwise);
        }
    }

    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return Jwt.encode(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }
}
