package dev.lockstep.api;

import dev.lockstep.protocol.http.RejectedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where the next page begins: an agent's id, in letters that stand in a header and in a URL as they are. */
final class PageToken {
    private PageToken() {}

    static String after(String agentId) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(agentId.getBytes(StandardCharsets.UTF_8));
    }

    /** The id after which the page begins; blank for the first page. */
    static String read(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw RejectedRequest.malformed("nextToken must be what x-next-token said on the page before");
        }
    }
}
