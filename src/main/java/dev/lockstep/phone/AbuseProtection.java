package dev.lockstep.phone;

import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The handshake of CloudEvents ("HTTP 1.1 Web Hooks", section 4): a sender asks whether it may call. It proves nothing
 * and lets nothing in, so that every connection answers it alike, whether it exists or not.
 */
final class AbuseProtection {
    private static final String ORIGIN = "webhook-request-origin";
    private static final Pattern ORIGIN_FORM = Pattern.compile("[A-Za-z0-9.:/_-]{1,253}");

    private AbuseProtection() {}

    static HttpAnswer answer(HttpCall call) {
        String origin = call.header(ORIGIN)
                .filter(ORIGIN_FORM.asMatchPredicate())
                .orElseThrow(() -> RejectedRequest.malformed("WebHook-Request-Origin is missing or no name"));
        return HttpAnswer.ok()
                .with(Map.of("WebHook-Allowed-Origin", origin, "WebHook-Allowed-Rate", "*", "Allow", "POST"));
    }
}
