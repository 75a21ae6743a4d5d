package dev.lockstep.protocol.entra;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.protocol.http.Requester;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Who holds a token that was verified, by its claims
 * (learn.microsoft.com/entra/identity-platform/access-token-claims-reference, id-token-claims-reference).
 */
public final class HolderClaims {
    private static final Pattern UNPRINTABLE = Pattern.compile("\\p{C}+");
    private static final int LONGEST_NAME = 64;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private HolderClaims() {}

    /** Entra gives scopes to the token of somebody who signed in, and never to an application's own. */
    public static Requester.Holder ofAccessToken(JsonNode claims) {
        return claims.has("scp") ? ofIdToken(claims) : holder(claims, false, applicationId(claims));
    }

    /** Only people have one. */
    public static Requester.Holder ofIdToken(JsonNode claims) {
        return holder(claims, true, id(claims, "oid"));
    }

    private static Requester.Holder holder(JsonNode claims, boolean person, String id) {
        return new Requester.Holder(
                person,
                id,
                name(claims),
                list(claims, "roles"),
                list(claims, "groups").stream()
                        .map(group -> group.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()));
    }

    /** {@code name} of people, where Entra is asked to add it; {@code app_displayname} in applications' tokens of version 1. */
    private static String name(JsonNode claims) {
        String name = claims.path("name").asText(claims.path("app_displayname").asText(""));
        String printable = UNPRINTABLE.matcher(name).replaceAll(" ").strip();
        return printable.substring(0, Math.min(printable.length(), LONGEST_NAME));
    }

    /** {@code azp} in tokens of version 2, {@code appid} in those of version 1. */
    private static String applicationId(JsonNode claims) {
        String id = id(claims, "azp");
        return id.isEmpty() ? id(claims, "appid") : id;
    }

    private static String id(JsonNode claims, String name) {
        String id = claims.path(name).asText("");
        return ID.matcher(id).matches() ? id.toLowerCase(Locale.ROOT) : "";
    }

    /** An HTTP API writes a list as a text, {@code [a b]}. */
    private static Set<String> list(JsonNode claims, String name) {
        JsonNode told = claims.path(name);
        Set<String> values = new HashSet<>();
        if (told.isTextual()) {
            String text = told.textValue().strip();
            boolean list = text.startsWith("[") && text.endsWith("]");
            values.addAll(Arrays.asList((list ? text.substring(1, text.length() - 1) : text).split("[\\s,]+")));
        }
        told.forEach(value -> values.add(value.asText("")));
        return values;
    }
}
