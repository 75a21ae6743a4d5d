package dev.lockstep.doctor;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.AgentView;
import dev.lockstep.check.Check;
import dev.lockstep.check.CheckGroup;
import dev.lockstep.check.Finding;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.store.Identities;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether everybody is known everywhere, by one id each, and in line.
 *
 * @param platforms those on which agents have an id of their own
 * @param read once for all checks
 * @param chosen whom to look at in particular
 */
record AgentChecks(
        List<ReadablePlatform> platforms, Supplier<AgentsRead> read, Optional<AgentState> chosen, InstantSource clock)
        implements CheckGroup {
    private static final int NAMED = 5;

    @Override
    public List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        platforms.forEach(platform -> checks.add(new Check(platform.name() + "-reachable", () -> reachable(platform))));
        checks.add(new Check("agents", this::known));
        checks.add(new Check("identities", () -> ofThoseRead(unambiguous())));
        checks.add(new Check("out-of-sync", () -> ofThoseRead(inLine())));
        checks.add(new Check("full-items", () -> ofThoseRead(full())));
        return checks;
    }

    private List<AgentState> agents() {
        return read.get().agents();
    }

    /** Nothing was looked at of whom we cannot read. */
    private Finding ofThoseRead(Finding finding) {
        List<String> unreadable = read.get().unreadable();
        return unreadable.isEmpty()
                ? finding
                : new Finding(
                        finding.grade(),
                        finding.detail() + "; " + unreadable.size() + " agents cannot be read and were not looked at",
                        finding.fix());
    }

    private Finding reachable(ReadablePlatform platform) {
        Optional<AgentState> whom = Stream.concat(chosen.stream(), agents().stream())
                .filter(agent -> agent.profile().externalId(platform.name()).isPresent())
                .findFirst();
        if (whom.isEmpty()) {
            return Finding.skipped("no agent has an id in " + platform.name(), "invoke directory first");
        }
        String id = whom.get().profile().externalId(platform.name()).orElseThrow();
        Map<String, Observation> seen = platform.read(List.of(id));
        return seen.isEmpty()
                ? Finding.warning(
                        platform.name() + " answers, but does not know "
                                + whom.get().agentId(),
                        "check the agent's id there, and invoke directory")
                : Finding.ok(platform.name() + " shows " + whom.get().agentId());
    }

    private Finding known() {
        List<AgentState> all = agents();
        List<String> unreadable = read.get().unreadable();
        if (all.isEmpty() && unreadable.isEmpty()) {
            return Finding.warning("no agents are known", "invoke directory");
        }
        List<String> gaps = new ArrayList<>();
        for (ReadablePlatform platform : platforms) {
            List<String> without = all.stream()
                    .filter(agent -> agent.profile().externalId(platform.name()).isEmpty())
                    .map(AgentState::agentId)
                    .toList();
            if (!without.isEmpty()) {
                gaps.add(without.size() + " without an id in " + platform.name() + " (" + some(without) + ")");
            }
        }
        String detail = all.size() + " agents";
        if (!unreadable.isEmpty()) {
            gaps.addFirst(unreadable.size() + " more who cannot be read (" + some(unreadable) + ")");
            return Finding.warning(
                    detail + ", and " + String.join("; ", gaps),
                    "see the log; what a newer version wrote is read once every function is updated to it");
        }
        return gaps.isEmpty()
                ? Finding.ok(detail + ", each with an id on every platform")
                : Finding.warning(
                        detail + ", of them " + String.join("; ", gaps),
                        "complete the users in Dataverse and invoke directory, or give the ids with config");
    }

    private Finding unambiguous() {
        Map<String, TreeSet<String>> owners = new TreeMap<>();
        for (AgentState agent : agents()) {
            agent.profile()
                    .externalIds()
                    .forEach((platform, id) -> owners.computeIfAbsent(
                                    Identities.of(platform, id), any -> new TreeSet<>())
                            .add(agent.agentId()));
        }
        List<String> shared = owners.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> entry.getKey() + " belongs to " + String.join(" and ", entry.getValue()))
                .toList();
        return shared.isEmpty()
                ? Finding.ok("no id belongs to two agents")
                : Finding.failed(
                        shared.size() + " ids belong to several agents: " + some(shared),
                        "decide whose each is, and remove the other agent with config");
    }

    private Finding inLine() {
        Map<String, Integer> counts = new TreeMap<>();
        Map<String, String> advice = new TreeMap<>();
        Instant now = clock.instant();
        int looked = 0;
        for (AgentState agent : agents()) {
            looked += agent.standings().size();
            AgentView.of(agent).details().platforms().forEach((platform, on) -> {
                if (on.isOutOfSync(now)) {
                    String kind = platform + " " + on.condition().label();
                    counts.merge(kind, 1, Integer::sum);
                    advice.putIfAbsent(kind, on.message());
                }
            });
        }
        if (looked == 0) {
            return Finding.skipped("no agent was brought in line yet", "invoke sweep");
        }
        String detail = counts.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", "));
        return counts.isEmpty()
                ? Finding.ok("of " + looked + " standings none has been wrong for longer than "
                        + AgentView.OnPlatform.SETTLING.toSeconds() + " s")
                : Finding.warning("agents out of sync: " + detail, String.join("; ", new TreeSet<>(advice.values())));
    }

    private Finding full() {
        List<String> full = agents().stream()
                .filter(agent -> !agent.situation().full().isEmpty())
                .map(agent -> agent.agentId() + " ("
                        + String.join(", ", agent.situation().full()) + ")")
                .toList();
        return full.isEmpty()
                ? Finding.ok("no agent's item holds as much as it may")
                : Finding.warning(
                        full.size() + " agents' items are full, and what matters least is forgotten: " + some(full),
                        "find who tells of so many calls, or takes ever new names as a source");
    }

    private static String some(List<String> names) {
        String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
        return names.size() > NAMED ? first + ", …" : first;
    }
}
