package dev.lockstep.protocol.entra;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an access token of ours says, read without verifying it: for telling an administrator what is granted (claims
 * of an access token, learn.microsoft.com/entra/identity-platform/access-token-claims-reference).
 *
 * @param roles application permissions granted with admin consent: {@code Presence.ReadWrite.All}
 */
public record TokenClaims(List<String> roles, Optional<String> tenantId, Optional<Instant> expiresAt) {
    public TokenClaims {
        roles = List.copyOf(roles);
    }

    static Optional<TokenClaims> of(String jwt) {
        String[] parts = jwt.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try (JsonParser json =
                new JsonFactory().createParser(Base64.getUrlDecoder().decode(parts[1]))) {
            return json.nextToken() == JsonToken.START_OBJECT ? Optional.of(read(json)) : Optional.empty();
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static TokenClaims read(JsonParser json) throws IOException {
        List<String> roles = new ArrayList<>();
        Map<String, String> texts = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_ARRAY && name.equals("roles")) {
                readStrings(json, roles);
            } else if (value.isStructStart()) {
                json.skipChildren();
            } else {
                texts.put(name, json.getText());
            }
        }
        return of(roles, texts);
    }

    private static void readStrings(JsonParser json, List<String> into) throws IOException {
        for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
            if (next == null) {
                throw new IOException("an array without an end");
            }
            if (next == JsonToken.VALUE_STRING) {
                into.add(json.getText());
            }
            json.skipChildren();
        }
    }

    private static TokenClaims of(List<String> roles, Map<String, String> texts) {
        return new TokenClaims(
                roles,
                Optional.ofNullable(texts.get("tid")),
                Optional.ofNullable(texts.get("exp"))
                        .map(Double::parseDouble)
                        .map(seconds -> Instant.ofEpochSecond(seconds.longValue())));
    }
}
