package dev.lockstep.doctor;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.check.Check;
import dev.lockstep.check.CheckGroup;
import dev.lockstep.check.Finding;
import dev.lockstep.concurrent.Lazy;
import dev.lockstep.phone.PhoneTroubles;
import dev.lockstep.phone.PhoneTroubles.Trouble;
import dev.lockstep.platform.Platform;
import dev.lockstep.platform.Platforms;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.sync.ModeScope;
import dev.lockstep.sync.queue.QueueSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Whether changes are written, and what reaches us that nobody configured.
 *
 * @param queue the retry queue's URL
 */
@Singleton
record InstallationChecks(Control control, AgentStore agents, Platforms platforms, Optional<String> queue)
        implements CheckGroup {
    private static final int NAMED = 5;

    @Inject
    InstallationChecks(Control control, AgentStore agents, Platforms platforms, QueueSettings queue) {
        this(control, agents, platforms, queue.url());
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
        Map<String, String> modes = control.withPrefix(ControlKeys.MODE);
        Installed installed = new Installed(new Lazy<>(() -> AgentsRead.from(agents)), platforms);
        List<String> forNobody = modes.keySet().stream()
                .filter(key -> !installed.has(ModeScope.of(key)))
                .toList();
        if (!forNobody.isEmpty()) {
            return Finding.warning(
                    "nothing here has the name in " + String.join(", ", forNobody)
                            + ": a mode for it holds nothing back, and one whose scope is none counts everywhere",
                    "correct the name: mode, mode#platform#…, mode#team#… or mode#agent#…");
        }
        String careful = modes.entrySet().stream()
                .filter(entry -> !entry.getValue().strip().equalsIgnoreCase("on"))
                .map(Map.Entry::toString)
                .collect(Collectors.joining(", "));
        return careful.isEmpty()
                ? Finding.ok("changes are written everywhere")
                : Finding.warning("changes are not written everywhere: " + careful, "set the mode to on");
    }

    /** What a mode can be for; everybody is read once, if at all. */
    private record Installed(Lazy<AgentsRead> everybody, Platforms platforms) {
        boolean has(ModeScope scope) {
            return switch (scope.kind()) {
                case EVERYWHERE -> true;
                case UNKNOWN -> false;
                case PLATFORM -> platforms.all().stream().map(Platform::name).anyMatch(scope::isFor);
                case TEAM ->
                    anybody(agent -> Profile.teamKey(agent.profile().team()).equals(scope.name()));
                case AGENT -> anybody(agent -> scope.isFor(agent.agentId()));
            };
        }

        /** Of those that cannot be read nothing is known, so the name may be theirs. */
        private boolean anybody(Predicate<AgentState> wanted) {
            AgentsRead read = everybody.get();
            return !read.unreadable().isEmpty() || read.agents().stream().anyMatch(wanted);
        }
    }
}
