package dev.lockstep.sync;

import dev.lockstep.platform.Subject;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** The modes that are stored, each where it applies; of several that apply the most careful counts. */
record ScopedModes(List<Scoped> all) implements WriteModes {
    private static final Logger LOG = Logger.getLogger(ScopedModes.class);

    record Scoped(ModeScope scope, Mode mode) {}

    /** @param stored by key, as {@link dev.lockstep.store.ControlKeys} tells */
    static ScopedModes of(Map<String, String> stored) {
        return new ScopedModes(stored.entrySet().stream()
                .map(entry -> new Scoped(ModeScope.of(entry.getKey()), checked(entry.getKey(), entry.getValue())))
                .toList());
    }

    private static Mode checked(String key, String text) {
        return Mode.of(text).orElseGet(() -> {
            LOG.errorf("what is stored under %s is no mode, so nothing is written there: put on, observe or off", key);
            return Mode.OBSERVE;
        });
    }

    @Override
    public Mode of(Subject subject, String platform) {
        return all.stream()
                .filter(mode -> mode.scope().covers(subject, platform))
                .map(Scoped::mode)
                .max(Mode::compareTo)
                .orElse(Mode.ON);
    }
}
