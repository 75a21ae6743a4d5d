package dev.lockstep.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.browser.Visitors;
import dev.lockstep.configured.ReasonedModes;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.intake.ForwardingIntake;
import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.Supervision;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.AgentViews;
import dev.lockstep.store.Control;
import dev.lockstep.store.Identities;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.InMemoryIdentities;
import dev.lockstep.store.InMemoryTimeline;
import dev.lockstep.store.StoreFaults;
import dev.lockstep.store.Timeline;
import dev.lockstep.sync.queue.BulkLane;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;

/** The board over what a test has. */
public final class GivenBoard {
    private GivenBoard() {}

    /** Where nobody opens one agent. */
    public static Board of(AgentViews views, PlatformCatalogue catalogue, Supervision supervision, Visitors visitors) {
        return of(views, catalogue, supervision, visitors, idle(catalogue));
    }

    static Board of(
            AgentViews views, PlatformCatalogue catalogue, Supervision supervision, Visitors visitors, BulkLane lane) {
        AgentStore store = new InMemoryAgentStore(StoreFaults.NONE);
        Timeline timeline = new InMemoryTimeline(Duration.ofDays(30), Clock.systemUTC());
        return of(
                views,
                lookup(store, new InMemoryIdentities(), catalogue),
                timeline,
                pauses(new InMemoryControl(Clock.systemUTC()), timeline, Clock.systemUTC()),
                new ForwardingIntake((agentId, evidence) -> {}),
                catalogue,
                supervision,
                visitors,
                lane);
    }

    /** A page as people read it. */
    static String read(HttpAnswer page) {
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        return page.body()
                .replaceAll("(?s)<style>.*</style>|<script>.*</script>", "")
                .replaceAll("<[^>]+>", "")
                .replaceAll("\\s+", " ");
    }

    /** Nobody waits for a turn. */
    static BulkLane idle(PlatformCatalogue catalogue) {
        return new BulkLane(catalogue, new InMemoryControl(Clock.systemUTC()), Clock.systemUTC());
    }

    static AgentLookup lookup(AgentStore store, Identities identities, PlatformCatalogue catalogue) {
        return new AgentLookup(catalogue, store, identities);
    }

    static Pauses pauses(Control control, Timeline timeline, InstantSource clock) {
        return new Pauses(new ReasonedModes(control), timeline, clock);
    }

    static Board of(
            AgentViews views,
            AgentLookup lookup,
            Timeline timeline,
            Pauses pauses,
            EvidenceIntake intake,
            PlatformCatalogue catalogue,
            Supervision supervision,
            Visitors visitors,
            BulkLane lane) {
        TeamCapacity capacity =
                capacity(views, new InMemoryAgentStore(StoreFaults.NONE), supervision, Clock.systemUTC());
        return of(views, lookup, timeline, pauses, intake, catalogue, supervision, visitors, lane, capacity);
    }

    static TeamCapacity capacity(AgentViews views, AgentStore store, Supervision supervision, InstantSource clock) {
        return new TeamCapacity(views, store, supervision, BoardTemplate.all(), clock);
    }

    static Board of(
            AgentViews views,
            AgentLookup lookup,
            Timeline timeline,
            Pauses pauses,
            EvidenceIntake intake,
            PlatformCatalogue catalogue,
            Supervision supervision,
            Visitors visitors,
            BulkLane lane,
            TeamCapacity capacity) {
        return new Board(
                views,
                lookup,
                timeline,
                new AgentActs(intake, supervision, pauses),
                catalogue,
                BoardTemplate.all(),
                supervision,
                visitors,
                lane,
                pauses,
                capacity);
    }
}
