package dev.lockstep.intake;

import dev.lockstep.concurrent.ParallelRunner;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Works for many agents side by side, a few at a time. What is wrong with one costs the others nothing: neither a fault,
 * nor that it does not end. What was not finished is said, and the next run finds it still to be done.
 */
@Singleton
public final class Crew {
    private static final Logger LOG = Logger.getLogger(Crew.class);
    private static final int NAMED = 5;

    private final ParallelRunner threads;
    private final CrewSettings settings;
    private final CrewMeter meter;

    @Inject
    public Crew(ParallelRunner threads, CrewSettings settings, CrewMeter meter) {
        this.threads = threads;
        this.settings = settings;
        this.meter = meter;
    }

    /** What is to be done for one agent. Doing it again must do no harm. */
    public record Job(String agentId, Runnable work) {}

    /**
     * @param run in which it is done, as the log and the metrics name it
     * @param patience for all of them together: who has not ended by then is given up
     * @return for each job, in their order, whether it was done
     */
    public List<Boolean> work(String run, List<Job> jobs, Duration patience) {
        List<Callable<Boolean>> tasks = jobs.stream()
                .map(job -> (Callable<Boolean>) () -> FaultIsolation.attempt(job.agentId(), job.work()))
                .toList();
        List<Optional<Boolean>> ended = threads.runAll(tasks, settings.atOnce(), patience);
        tell(run, jobs, ended, patience);
        return ended.stream().map(done -> done.orElse(false)).toList();
    }

    /** @return how many were done */
    public int count(String run, List<Job> jobs, Duration patience) {
        return (int) work(run, jobs, patience).stream().filter(done -> done).count();
    }

    private void tell(String run, List<Job> jobs, List<Optional<Boolean>> ended, Duration patience) {
        List<String> late = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            if (ended.get(i).isEmpty()) {
                late.add(jobs.get(i).agentId());
            }
        }
        long failed =
                ended.stream().flatMap(Optional::stream).filter(done -> !done).count();
        if (!late.isEmpty()) {
            LOG.warnf(
                    "%s: %d of %d agents were not done within %s and are left to the next run: %s%s",
                    run,
                    late.size(),
                    jobs.size(),
                    patience,
                    late.stream().limit(NAMED).collect(Collectors.joining(", ")),
                    late.size() > NAMED ? ", …" : "");
        }
        meter.worked(run, late.size(), (int) failed);
    }
}
