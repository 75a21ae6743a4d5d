package dev.lockstep.simulation;

import dev.lockstep.concurrent.VirtualTime;
import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.Shares;
import dev.lockstep.platform.Standing;
import dev.lockstep.platform.Subject;
import dev.lockstep.teams.SessionSlots;
import dev.lockstep.teams.TeamsInSimulation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Teams by one app registration, then by two, and by one again when the second is retired. While a change is deployed some
 * instances work by the former list.
 */
final class ChangingRegistrations extends PlatformAround {
    private static final String SECOND = "5ec04d00-0000-4000-8000-000000000003";

    private static final List<SessionSlots> LISTS = List.of(
            SessionSlots.ONE,
            new SessionSlots(new Shares(List.of(TeamsInSimulation.APPLICATION, SECOND)), List.of()),
            new SessionSlots(Shares.ONE, List.of(SECOND)));

    private static final String OF_SECOND = "session#";

    private static final Duration DEPLOYED = Duration.ofMinutes(2);

    private final List<ReadablePlatform> instances = new ArrayList<>();
    private final Scenario scenario;
    private final VirtualTime time;
    private final FaultPlan faults;
    private final Dice dice;

    /** By agent: whoever plans performs. */
    private final Map<String, ReadablePlatform> visiting = new HashMap<>();

    ChangingRegistrations(
            Scenario scenario, VirtualTime time, FaultPlan faults, Function<SessionSlots, ReadablePlatform> instance) {
        super(instance.apply(LISTS.getFirst()));
        LISTS.forEach(list -> instances.add(instance.apply(list)));
        this.scenario = scenario;
        this.time = time;
        this.faults = faults;
        this.dice = new Dice(scenario.seed(), "registrations", time);
    }

    @Override
    public Plan plan(DesiredPresence wish, Standing standing, Instant now) {
        ReadablePlatform instance = visiting.compute(wish.agentId(), (agent, former) -> instance());
        return instance.plan(wish, standing, now);
    }

    @Override
    public void perform(LedgerEntry step, Subject subject, Standing standing) {
        if (step.slot().startsWith(OF_SECOND)) {
            faults.note(FaultPlan.Kind.CHANGED_HANDS);
        }
        visiting.get(subject.agentId()).perform(step, subject, standing);
    }

    private ReadablePlatform instance() {
        Duration third = scenario.length().dividedBy(LISTS.size());
        Duration passed = Duration.between(scenario.start(), time.instant());
        int newest = (int) Math.min(LISTS.size() - 1L, passed.dividedBy(third));
        boolean isBeingDeployed =
                newest > 0 && passed.minus(third.multipliedBy(newest)).compareTo(DEPLOYED) < 0;
        return instances.get(isBeingDeployed && dice.nextBoolean() ? newest - 1 : newest);
    }
}
