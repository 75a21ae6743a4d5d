package dev.lockstep.protocol.http;

import java.util.Collection;
import java.util.List;

/** Refuses names that mean nothing here: whoever sends one believes that it is obeyed. */
public final class KnownNames {
    private static final int MAX_SHOWN_CHARACTERS = 40;

    private KnownNames() {}

    /**
     * @param what the names name: {@code parameter}, {@code member}
     * @throws RejectedRequest that shows the first one that is not known, and those that are
     */
    public static void refuseOthers(String what, Collection<String> given, List<String> known) {
        given.stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    String choice = known.isEmpty() ? "there is none" : "known are " + String.join(", ", known);
                    throw RejectedRequest.malformed(
                            "the " + what + " " + shown(name) + " is not known here; " + choice);
                });
    }

    private static String shown(String name) {
        String start = name.substring(0, Math.min(name.length(), MAX_SHOWN_CHARACTERS));
        return start.replaceAll("[^A-Za-z0-9._-]", "?");
    }
}
