package dev.lockstep.phone;

import dev.lockstep.configured.LineName;
import dev.lockstep.protocol.signature.Digest;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Counts, by connection, what phones told and nobody could make use of, so that an administrator sees it.
 *
 * <p>Telephone numbers and addresses appear only as
 * their last two characters and a digest, by which a suspected one can be recognised.
 */
public record PhoneTroubles(Control control) {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9 ().-]{7,}");
    private static final Pattern UNPRINTABLE = Pattern.compile("[^a-z0-9+.:@_/*~…-]");
    private static final int MAX_LENGTH = 64;

    /** Where only an end is shown. */
    private static final String CUT = "…";

    /** What sort of trouble it is. */
    public enum Kind {
        /** A line that nobody is configured for. */
        LINE(ControlKeys.UNKNOWN_LINE, ControlKeys.UNKNOWN_LINE_SEEN),
        /** A kind of event that means nothing to us. */
        EVENT(ControlKeys.UNKNOWN_KIND, ControlKeys.UNKNOWN_KIND_SEEN),
        /** A time that cannot be true, by how much it is off, or one that cannot be read. */
        TIME(ControlKeys.WRONG_TIME, ControlKeys.WRONG_TIME_SEEN),
        /** An event that was refused, and why: what it told is not known. */
        REFUSAL(ControlKeys.REFUSED_EVENT, ControlKeys.REFUSED_EVENT_SEEN);

        private final String counter;
        private final String seen;

        Kind(String counter, String seen) {
            this.counter = counter;
            this.seen = seen;
        }
    }

    /**
     * @param name what it was, as far as it may be shown
     * @param lastAt empty if it was just being counted
     */
    public record Trouble(Kind kind, String connection, String name, long count, Optional<Instant> lastAt) {
        /** The kind of event that was probably meant. */
        public Optional<String> meant() {
            return Optional.of(name).filter(any -> kind == Kind.EVENT).flatMap(ProbableKind::of);
        }
    }

    /** @return how it is shown */
    String count(Kind kind, String connection, String name, Instant at) {
        String shown = shown(name);
        String rest = connection + "#" + shown;
        Optional<Instant> expiry = Optional.of(at.plus(KEPT));
        control.add(kind.counter + rest, 1, expiry);
        control.put(kind.seen + rest, at.toString(), expiry);
        return shown;
    }

    /** All of a kind that was counted in the last thirty days. */
    public List<Trouble> all(Kind kind) {
        Map<String, String> seen = control.withPrefix(kind.seen);
        int start = kind.counter.length();
        return control.withPrefix(kind.counter).entrySet().stream()
                .map(entry -> {
                    String rest = entry.getKey().substring(start);
                    String[] parts = rest.split("#", 2);
                    Optional<Instant> last =
                            Optional.ofNullable(seen.get(kind.seen + rest)).map(Instant::parse);
                    return new Trouble(kind, parts[0], parts[1], Long.parseLong(entry.getValue()), last);
                })
                .toList();
    }

    /** Whether a line of that name was told of under the name that is shown. */
    public static boolean isShownAs(String name, String shown) {
        return shown(name).equals(shown);
    }

    /** Whether what is shown is all of the name. */
    public static boolean isWhole(String shown) {
        return isShownAs(shown, shown) && !shown.startsWith(CUT);
    }

    static String shown(String name) {
        String plain = LineName.of(name);
        if (plain.isEmpty()) {
            return "none";
        }
        boolean personal = NUMBER.matcher(plain).matches() || plain.contains("@");
        String text = personal || plain.length() > MAX_LENGTH ? ending(plain) : plain;
        return UNPRINTABLE.matcher(text).replaceAll("_");
    }

    private static String ending(String name) {
        return CUT + name.substring(Math.max(0, name.length() - 2)) + "~" + Digest.hex(name, 4);
    }
}
