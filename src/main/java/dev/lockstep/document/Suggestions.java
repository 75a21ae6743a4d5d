package dev.lockstep.document;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody who mistyped probably meant. */
public final class Suggestions {
    private static final int LONGEST = 60;

    private Suggestions() {}

    /** The known name that takes the fewest changes, if they are few for its length. */
    public static Optional<String> to(String written, Collection<String> known) {
        if (written.isBlank() || written.length() > LONGEST) {
            return Optional.empty();
        }
        return known.stream()
                .filter(name -> distance(written, name) <= Math.max(1, name.length() / 3))
                .min(Comparator.comparingInt((String name) -> distance(written, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** A sentence to end a message with: what was probably meant, or what there is to choose from. */
    public static String hint(String written, Collection<String> known) {
        return to(written, known)
                .map(name -> "did you mean \"" + name + "\"?")
                .orElseGet(() -> "known are " + String.join(", ", known));
    }

    /** Letters put in, left out, changed or swapped with their neighbour; case apart. */
    private static int distance(String one, String other) {
        String left = one.toLowerCase(Locale.ROOT);
        String right = other.toLowerCase(Locale.ROOT);
        int[][] table = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                table[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : step(table, left, right, i, j);
            }
        }
        return table[left.length()][right.length()];
    }

    private static int step(int[][] table, String left, String right, int i, int j) {
        boolean same = left.charAt(i - 1) == right.charAt(j - 1);
        int best = Math.min(table[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(table[i - 1][j], table[i][j - 1]));
        boolean swapped = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(best, table[i - 2][j - 2] + 1) : best;
    }
}
