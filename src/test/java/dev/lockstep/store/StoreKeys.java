package dev.lockstep.store;

import java.nio.charset.StandardCharsets;

/** What DynamoDB takes for a key: some text, of 2048 bytes at most. The stores in memory are as strict. */
final class StoreKeys {
    static final int LONGEST = 2_048;

    private StoreKeys() {}

    /** @throws StoreUnavailable if it is none, as DynamoDB's refusal becomes one */
    static String checked(String key) {
        if (key.isEmpty() || (key.length() > LONGEST / 3 && key.getBytes(StandardCharsets.UTF_8).length > LONGEST)) {
            throw new StoreUnavailable("no key: " + key.length() + " characters", null);
        }
        return key;
    }
}
