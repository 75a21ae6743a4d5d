package dev.lockstep.phone;

import dev.lockstep.configured.Secrets;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.RejectionReason;
import java.util.ArrayList;
import java.util.List;

/** What a connection's secrets are. One that cannot be read just now does not shut out who knows another. */
record Credentials(List<String> values, boolean complete) {
    static Credentials of(List<String> references, Secrets secrets) {
        List<String> values = new ArrayList<>();
        boolean complete = true;
        for (String reference : references) {
            try {
                values.add(secrets.reveal(reference));
            } catch (PlatformException e) {
                complete = false;
            }
        }
        values.removeIf(String::isBlank);
        return new Credentials(List.copyOf(values), complete);
    }

    /** Whoever fits none of those that could be read may still know the one that could not. */
    RejectedRequest refusing(String why) {
        return complete
                ? new RejectedRequest(RejectionReason.UNAUTHENTICATED, why)
                : new RejectedRequest(RejectionReason.UNAVAILABLE, "a secret cannot be read at the moment");
    }

    @Override
    public String toString() {
        return values.size() + " secrets";
    }
}
