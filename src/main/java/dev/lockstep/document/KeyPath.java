package dev.lockstep.document;

import java.util.regex.Pattern;

/**
 * The keys that lead to a part of a document, for people: {@code connections[0].tokens},
 * {@code dynamics.read."Busy - DND".means}.
 */
public record KeyPath(String text) {
    public static final KeyPath ROOT = new KeyPath("");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_/*#-]+");
    private static final int LONGEST_KEY = 80;

    public KeyPath key(String key) {
        String shown = key.length() > LONGEST_KEY ? key.substring(0, LONGEST_KEY) + "…" : key;
        String step = PLAIN.matcher(shown).matches() ? shown : '"' + shown + '"';
        return new KeyPath(text.isEmpty() ? step : text + "." + step);
    }

    public KeyPath item(int index) {
        return new KeyPath(text + "[" + index + "]");
    }

    @Override
    public String toString() {
        return text;
    }
}
