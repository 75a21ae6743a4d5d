package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.intake.Trigger;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Platform;
import dev.lockstep.store.StoreUnavailable;
import dev.lockstep.store.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
        private List<String> outweighed = List.of();
        private String before = "";
        private Set<String> looping = Set.of();
        private List<String> full = List.of();
        private final Convergence convergence = new Convergence();

        private JournalEntry(String agentId, Trigger trigger, Instant began) {
            this.agentId = agentId;
            this.trigger = trigger;
            this.began = began;
        }

        void before(AgentState state) {
            before = label(state);
            looping = looping(state);
            full = state.situation().full();
            convergence.begins(state);
        }

        /** What is about to be written is stored. */
        void noted(AgentState state) {
            convergence.begins(state);
        }

        void answer(SyncPlan.Task task, String answer) {
            String told = task.plan().steps().stream()
                    .map(step -> told(step, task.platform()))
                    .collect(Collectors.joining(", "));
            answers.merge(task.platform().name(), told + ": " + answer, (old, news) -> old + "; " + news);
        }

        private static String told(LedgerEntry step, Platform platform) {
            return step.slot() + (step.isTakenBack() ? " taken back" : " " + platform.named(step.value()));
        }

        /** Why what a person or an application said is recorded and not seen, unless it is seen after all. */
        void mayBeOutweighed(List<String> why) {
            outweighed = why;
        }

        /** Nothing was recorded. Whoever looks for an event finds why. */
        void unchanged(AgentState state, List<String> why, Instant now) {
            if (!why.isEmpty()) {
                tell(state, why, now);
            }
        }

        void close(AgentState state, Instant now) {
            meter.decided(trigger.name());
            convergence.ends(state, now, meter);
            looping(state).stream()
                    .filter(platform -> !looping.contains(platform))
                    .forEach(meter::loopSuspected);
            tellFull(state);
            boolean isSeen = !answers.isEmpty() || !before.equals(label(state));
            if (isSeen) {
                tell(state, state.because(), now);
            } else if (!outweighed.isEmpty()) {
                tell(state, outweighed, now);
            }
        }

        /** A timeline that cannot be written must not undo what was done: it is logged and left. */
        private void tell(AgentState state, List<String> because, Instant now) {
            long millis = Duration.between(began, now).toMillis();
            String after = label(state);
            LOG.infof(
                    "agent=%s trigger=%s correlationId=%s before=%s after=%s because=%s answers=%s millis=%d",
                    agentId, trigger.name(), trigger.correlationId(), before, after, because, answers, millis);
            try {
                timeline.append(new Timeline.Event(
                        agentId,
                        now,
                        trigger.name(),
                        trigger.correlationId(),
                        trigger.by(),
                        before,
                        after,
                        because,
                        answers,
                        millis));
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
            return state.status().label();
        }
    }
}
