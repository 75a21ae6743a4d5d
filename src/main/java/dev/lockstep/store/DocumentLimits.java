package dev.lockstep.store;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What can be put at once, whole or not at all: DynamoDB's limits of a transaction (100 items, 4 MB) and of an item
 * (400 KB), less what the item needs besides its text.
 */
public final class DocumentLimits {
    static final int DOCUMENTS = 100;
    private static final int DOCUMENT_BYTES = 390_000;
    private static final int TOTAL_BYTES = 4_000_000;

    private DocumentLimits() {}

    /** @throws IllegalArgumentException that says which limit is passed, and by what */
    public static void check(Map<String, String> textByScope) {
        if (textByScope.size() > DOCUMENTS) {
            throw new IllegalArgumentException("at most " + DOCUMENTS + " documents can be changed at once, these are "
                    + textByScope.size() + ": apply them in parts");
        }
        textByScope.forEach(DocumentLimits::check);
        long total =
                textByScope.values().stream().mapToLong(DocumentLimits::bytes).sum();
        if (total > TOTAL_BYTES) {
            throw new IllegalArgumentException("documents of at most " + TOTAL_BYTES
                    + " bytes can be changed at once, these have " + total + ": apply them in parts");
        }
    }

    private static void check(String scope, String text) {
        if (bytes(text) > DOCUMENT_BYTES) {
            throw new IllegalArgumentException(
                    "a document holds at most " + DOCUMENT_BYTES + " bytes, " + scope + " has " + bytes(text));
        }
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
