package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.intake.Trigger;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.Reason;
import dev.lockstep.presence.Status;
import dev.lockstep.store.StoreUnavailable;
import dev.lockstep.store.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Writes down what was decided, for the timeline and the log: who, what changed and why, never what was said. */
final class SyncJournal {
    private static final Logger LOG = Logger.getLogger(SyncJournal.class);

    private final Timeline timeline;
    private final SyncMeter meter;

    SyncJournal(Timeline timeline, SyncMeter meter) {
        this.timeline = timeline;
        this.meter = meter;
    }

    JournalEntry entry(String agentId, Trigger trigger, Instant began) {
        return new JournalEntry(agentId, trigger, began);
    }

    /** What one visit to one agent did. */
    final class JournalEntry {
        private final String agentId;
        private final Trigger trigger;
        private final Instant began;
        private final Map<String, String> answers = new TreeMap<>();
        private String before = "";
        private Set<String> looping = Set.of();
        private List<String> full = List.of();

        private JournalEntry(String agentId, Trigger trigger, Instant began) {
            this.agentId = agentId;
            this.trigger = trigger;
            this.began = began;
        }

        void before(AgentState state) {
            before = label(state);
            looping = looping(state);
            full = state.situation().full();
        }

        void answer(SyncPlan.Task task, String answer) {
            String told = task.plan().steps().stream().map(JournalEntry::told).collect(Collectors.joining(", "));
            answers.merge(task.platform().name(), told + ": " + answer, (old, news) -> old + "; " + news);
        }

        private static String told(LedgerEntry step) {
            return step.isTakenBack() ? step.slot() + " taken back" : step.slot() + " " + step.value();
        }

        /** A timeline that cannot be written must not undo what was done: it is logged and left. */
        void close(AgentState state, Instant now) {
            Duration took = Duration.between(began, now);
            meter.settled(trigger.name(), took);
            looping(state).stream()
                    .filter(platform -> !looping.contains(platform))
                    .forEach(meter::loopSuspected);
            tellFull(state);
            String after = label(state);
            if (answers.isEmpty() && before.equals(after)) {
                return;
            }
            List<String> because = state.decided().map(Decision::because).orElse(List.of()).stream()
                    .map(Reason::text)
                    .toList();
            LOG.infof(
                    "agent=%s trigger=%s correlationId=%s before=%s after=%s because=%s answers=%s millis=%d",
                    agentId, trigger.name(), trigger.correlationId(), before, after, because, answers, took.toMillis());
            try {
                timeline.append(new Timeline.Event(
                        agentId,
                        now,
                        trigger.name(),
                        trigger.correlationId(),
                        before,
                        after,
                        because,
                        answers,
                        took.toMillis()));
            } catch (StoreUnavailable e) {
                LOG.warnf("agent=%s the timeline could not be written: %s", agentId, e.getMessage());
            }
        }

        /** How many there are, and whose; never what they are, for calls have numbers. */
        private void tellFull(AgentState state) {
            for (String what : state.situation().full()) {
                meter.full(what);
                if (!full.contains(what)) {
                    LOG.warnf(
                            "agent=%s correlationId=%s holds as many %s as it may: what matters least is forgotten",
                            agentId, trigger.correlationId(), what);
                }
            }
        }

        /** What it brought stands in a decision of the lease's holder, under the holder's correlation id. */
        void leftToLeaseHolder() {
            LOG.infof(
                    "agent=%s trigger=%s correlationId=%s left to the holder of the lease",
                    agentId, trigger.name(), trigger.correlationId());
        }

        private static Set<String> looping(AgentState state) {
            return state.standings().entrySet().stream()
                    .filter(entry -> entry.getValue().condition() == Condition.LOOP_SUSPECTED)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
        }

        private static String label(AgentState state) {
            Optional<Status> status = state.decided().flatMap(Decision::status);
            return status.map(Status::label).orElse("");
        }
    }
}
