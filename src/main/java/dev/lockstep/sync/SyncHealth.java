package dev.lockstep.sync;

import dev.lockstep.agent.AgentView;
import dev.lockstep.presence.Status;
import dev.lockstep.store.AgentViews;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** How the installation stands as a whole, in the numbers that alarms look at. */
@Singleton
public final class SyncHealth {
    private static final Logger LOG = Logger.getLogger(SyncHealth.class);

    /** Of more than that, the number is told alone. */
    private static final int MOST_NAMED = 50;

    private final AgentViews agents;
    private final Control control;
    private final InstantSource clock;

    @Inject
    public SyncHealth(AgentViews agents, Control control, InstantSource clock) {
        this.agents = agents;
        this.control = control;
        this.clock = clock;
    }

    /**
     * What was counted.
     *
     * @param outOfSync agents whom some platform has shown wrongly for longer than writing takes
     * @param unreadable agents whom nothing can be done for, because what is stored of them cannot be read
     * @param silences by source, since it was last heard; none while nobody is at work, when silence says nothing
     * @param lastReads by source, since it was last read: by the clock, at night too
     */
    public record Count(
            long outOfSync,
            long unreadable,
            SortedMap<String, Duration> silences,
            SortedMap<String, Duration> lastReads) {}

    public Count count() {
        Instant now = clock.instant();
        List<AgentView> outOfSync = new ArrayList<>();
        boolean isAnybodyAtWork = false;
        List<String> unreadable = new ArrayList<>();
        try (Stream<AgentView> all = agents.all(unreadable::add)) {
            for (AgentView agent : (Iterable<AgentView>) all::iterator) {
                if (agent.isOutOfSync(now)) {
                    outOfSync.add(agent);
                }
                isAnybodyAtWork |= agent.status() != Status.OFFLINE;
            }
        }
        LOG.infof("census outOfSync=%d who=[%s]", outOfSync.size(), who(outOfSync, now));
        return new Count(
                outOfSync.size(),
                unreadable.size(),
                isAnybodyAtWork ? since(ControlKeys.HEARD, now) : new TreeMap<>(),
                since(ControlKeys.READ, now));
    }

    /** For the dashboard, which shows the latest line: it must be written when nobody is out of sync any more, too. */
    private static String who(List<AgentView> outOfSync, Instant now) {
        return outOfSync.isEmpty()
                ? "nobody"
                : outOfSync.stream()
                        .limit(MOST_NAMED)
                        .flatMap(agent -> where(agent, now))
                        .collect(Collectors.joining("; "));
    }

    private static Stream<String> where(AgentView agent, Instant now) {
        return agent.details().platforms().entrySet().stream()
                .filter(platform -> platform.getValue().isOutOfSync(now))
                .map(platform -> agent.agentId() + " on " + platform.getKey() + ": " + why(platform.getValue()));
    }

    private static String why(AgentView.OnPlatform on) {
        String since = on.wrongSince().map(at -> " since " + at).orElse("");
        return on.condition().label() + since + (on.message().isBlank() ? "" : ", " + on.message());
    }

    private SortedMap<String, Duration> since(String prefix, Instant now) {
        SortedMap<String, Duration> since = new TreeMap<>();
        control.withPrefix(prefix)
                .forEach((key, at) ->
                        since.put(key.substring(prefix.length()), Duration.between(Instant.parse(at), now)));
        return since;
    }
}
