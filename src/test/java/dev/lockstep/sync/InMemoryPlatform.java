package dev.lockstep.sync;

import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.Standing;
import dev.lockstep.platform.Subject;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A working platform with one slot. What it shows is what was written last, or what {@link #shows} was told to say:
 * {@code call} for a call of its own.
 */
final class InMemoryPlatform implements ReadablePlatform {
    static final String SLOT = "slot";

    private final String name;
    private final boolean routes;
    private final List<String> diary;
    private final Consumer<String> steps;
    private final Map<String, String> values = new HashMap<>();
    final Deque<RuntimeException> refusals = new ArrayDeque<>();
    Runnable during = () -> {};
    Optional<String> shows = Optional.empty();
    boolean unreadable;
    /** Whom it was last asked to write. */
    String performing = "";
    /** How many reads to come prove nothing. */
    int doubts;

    Runnable onRead = () -> {};
    boolean overwriting;
    Optional<Instant> reviewAt = Optional.empty();

    /**
     * @param routes whether it offers work; the others cover calls of their own
     * @param diary is told of every call, in order
     * @param steps is called before and after everything, and may crash
     */
    InMemoryPlatform(String name, boolean routes, List<String> diary, Consumer<String> steps) {
        this.name = name;
        this.routes = routes;
        this.diary = diary;
        this.steps = steps;
    }

    String valueOf(String externalId) {
        return values.getOrDefault(externalId, "");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean coversItsOwnFacts() {
        return !routes;
    }

    @Override
    public Plan plan(DesiredPresence wish, Standing standing, Instant now) {
        String wanted = wish.status().map(Status::label).orElse("");
        Optional<LedgerEntry> held = standing.ledger().newestIn(SLOT);
        boolean stands = held.filter(entry ->
                        entry.outcome() == LedgerEntry.Outcome.DONE || entry.outcome() == LedgerEntry.Outcome.SEEN)
                .map(LedgerEntry::value)
                .orElse(held.isEmpty() ? "" : "?")
                .equals(wanted);
        if (stands && !overwriting) {
            Plan nothing = Plan.nothing(Condition.IN_SYNC, "");
            return reviewAt.map(nothing::reviewedAt).orElse(nothing);
        }
        Plan plan = Plan.write(
                List.of(new LedgerEntry(SLOT, wanted, now, Optional.empty(), LedgerEntry.Outcome.INTENDED)),
                Optional.empty());
        boolean wasCall = held.filter(entry -> entry.value().equals("onACall")).isPresent();
        Plan released = routes && wasCall && !wanted.equals("onACall") ? plan.releasing() : plan;
        return overwriting ? released.overwriting() : released;
    }

    @Override
    public void perform(LedgerEntry step, Subject subject, Standing standing) {
        performing = subject.agentId();
        steps.accept(name + " before");
        diary.add(name + " " + (step.isTakenBack() ? "cleared" : step.value()));
        during.run();
        if (!refusals.isEmpty()) {
            throw refusals.poll();
        }
        values.put(subject.externalId(), step.value());
        steps.accept(name + " after");
    }

    @Override
    public Map<String, Observation> read(Collection<String> externalIds) {
        diary.add(name + " read");
        onRead.run();
        if (unreadable) {
            throw new PlatformException.Unreachable("silent");
        }
        Optional<String> shown = doubts-- > 0 ? Optional.of("doubt") : shows;
        Map<String, Observation> seen = new HashMap<>();
        externalIds.forEach(id ->
                seen.put(id, new Observation(name, Instant.EPOCH, Map.of("shown", shown.orElse(valueOf(id))))));
        return seen;
    }

    @Override
    public Interpretation interpret(
            Observation seen, Standing standing, Situation situation, Mapping mapping, Instant now) {
        Source source = new Source(name);
        return switch (seen.field("shown").orElse("")) {
            case "doubt" -> Interpretation.doubtful(standing);
            case "call" ->
                Interpretation.of(
                        List.of(new Signal.Fact(source, SourceTime.at(now), "own", Status.ON_A_CALL, Optional.empty())),
                        standing.seeing(seen));
            default -> Interpretation.of(List.of(), standing.seeing(seen));
        };
    }

    @Override
    public Optional<String> presence(Observation seen) {
        return seen.field("shown");
    }

    @Override
    public Optional<Status> showing(Observation seen, Optional<Status> wanted, Mapping mapping) {
        return seen.field("shown").flatMap(Status::of);
    }
}
