package dev.lockstep.doctor;

import dev.lockstep.check.Check;
import dev.lockstep.check.CheckGroup;
import dev.lockstep.check.Finding;
import dev.lockstep.phone.PhoneTroubles;
import dev.lockstep.phone.PhoneTroubles.Trouble;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.sync.queue.QueueSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether changes are written, and what reaches us that nobody configured.
 *
 * @param queue the retry queue's URL
 */
@Singleton
record InstallationChecks(Control control, Optional<String> queue) implements CheckGroup {
    private static final int NAMED = 5;

    @Inject
    InstallationChecks(Control control, QueueSettings queue) {
        this(control, queue.url());
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("unknown-lines", () -> unknown(PhoneTroubles.Kind.LINE)),
                new Check("unknown-events", () -> unknown(PhoneTroubles.Kind.EVENT)),
                new Check("queue", this::retries),
                new Check("mode", this::mode));
    }

    private Finding unknown(PhoneTroubles.Kind kind) {
        List<Trouble> all = new PhoneTroubles(control).all(kind);
        String what = kind == PhoneTroubles.Kind.LINE ? "lines" : "kinds of event";
        if (all.isEmpty()) {
            return Finding.ok("no phone told of " + what + " that nobody is configured for");
        }
        String named = all.stream()
                .limit(NAMED)
                .map(unknown -> unknown.name() + " on " + unknown.connection() + " (" + unknown.count() + " times"
                        + unknown.meant()
                                .map(near -> ", did you mean \"" + near + "\"?")
                                .orElse("")
                        + ")")
                .collect(Collectors.joining(", "));
        return Finding.warning(
                all.size() + " unknown " + what + ": " + named + (all.size() > NAMED ? ", …" : ""),
                kind == PhoneTroubles.Kind.LINE
                        ? "give each line an agent with config"
                        : "let the phone send only the events that are documented");
    }

    private Finding retries() {
        return queue.isPresent()
                ? Finding.ok("what could not be written is tried again through the queue")
                : Finding.warning(
                        "there is no retry queue: what could not be written waits for the next sweep",
                        "set lockstep.queue.url");
    }

    /** Who forgot that writing was switched off looks for the mistake everywhere else. */
    private Finding mode() {
        String careful = control.withPrefix(ControlKeys.MODE).entrySet().stream()
                .filter(entry -> !entry.getValue().strip().equalsIgnoreCase("on"))
                .map(Map.Entry::toString)
                .collect(Collectors.joining(", "));
        return careful.isEmpty()
                ? Finding.ok("changes are written everywhere")
                : Finding.warning("changes are not written everywhere: " + careful, "set the mode to on");
    }
}
