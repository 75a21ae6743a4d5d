package dev.lockstep.configured;

import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Modes as people set them: under their key of {@link ControlKeys}, with a reason and perhaps an end. */
@Singleton
public final class ReasonedModes {
    public static final int LONGEST_REASON = 200;

    private final Control control;

    @Inject
    public ReasonedModes(Control control) {
        this.control = control;
    }

    /**
     * A mode's word as it is stored, which need not be one.
     *
     * @param why empty where it was set in another way
     */
    public record Held(String word, Optional<Why> why) {}

    /**
     * What a person said of it. Its JSON has the same names.
     *
     * @param until when it ends by itself
     */
    @RegisterForReflection
    public record Why(String by, Instant at, String reason, Optional<Instant> until) {
        /** What is wrong with the reason. */
        public Optional<String> wrong() {
            return reason.isBlank() || reason.length() > LONGEST_REASON
                    ? Optional.of("say why, in at most " + LONGEST_REASON + " characters: others will ask")
                    : Optional.empty();
        }
    }

    public Optional<Held> of(String key) {
        return control.get(key).map(word -> new Held(word, read(control.get(ControlKeys.MODE_REASON + key))));
    }

    /** Those whose key begins so, by key. It reads all keys. */
    public Map<String, Held> withPrefix(String prefix) {
        Map<String, String> reasons = control.withPrefix(ControlKeys.MODE_REASON + prefix);
        Map<String, Held> held = new TreeMap<>();
        control.withPrefix(prefix)
                .forEach((key, word) -> held.put(
                        key, new Held(word, read(Optional.ofNullable(reasons.get(ControlKeys.MODE_REASON + key))))));
        return held;
    }

    private static Optional<Why> read(Optional<String> text) {
        return text.flatMap(json -> StoredJson.read(json, Why.class));
    }

    public void put(String key, String word, Why why) {
        // The reason first: what holds something back is never without it.
        control.put(ControlKeys.MODE_REASON + key, StoredJson.text(why), why.until());
        control.put(key, word, why.until());
    }

    public void remove(String key) {
        control.remove(key);
        control.remove(ControlKeys.MODE_REASON + key);
    }
}
