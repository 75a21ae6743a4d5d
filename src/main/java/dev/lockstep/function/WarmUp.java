package dev.lockstep.function;

import dev.lockstep.concurrent.ParallelRunner;
import dev.lockstep.platform.Warmable;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * What the first event needs is made ready before it comes, all at the same time: Lambda gives more of a processor while
 * a function starts than afterwards (docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html, init phase).
 * For functions that call platforms; the others are ready sooner without it.
 *
 * <p>Nothing depends on it. What takes too long goes on, and the first event waits for it like for its own call.
 */
@Singleton
class WarmUp {
    private static final Logger LOG = Logger.getLogger(WarmUp.class);

    /** Whatever event comes; {@code api} does so for a few of its own only. */
    private static final Set<String> CALL_PLATFORMS = Set.of(
            "dynamics-change", "phone-event", "teams-change", "sync", "sweep", "teams-watch", "shift-end", "directory");

    private final Optional<String> function;
    private final Optional<String> initialization;
    private final Duration limit;
    private final Iterable<Warmable> systems;
    private final ParallelRunner runner;

    /**
     * @param function which of them this process is; a process without that is no Lambda
     * @param initialization how Lambda came to start it (docs.aws.amazon.com/lambda, AWS_LAMBDA_INITIALIZATION_TYPE)
     */
    @Inject
    WarmUp(
            @ConfigProperty(name = "quarkus.funqy.export") Optional<String> function,
            @ConfigProperty(name = "aws.lambda.initialization.type") Optional<String> initialization,
            WarmUpSettings settings,
            Instance<Warmable> systems,
            ParallelRunner runner) {
        this(function, initialization, settings.limit(), (Iterable<Warmable>) systems, runner);
    }

    WarmUp(
            Optional<String> function,
            Optional<String> initialization,
            Duration limit,
            Iterable<Warmable> systems,
            ParallelRunner runner) {
        this.function = function;
        this.initialization = initialization;
        this.limit = limit;
        this.systems = systems;
        this.runner = runner;
    }

    void before(@Observes StartupEvent first) {
        // No connection outlives a snapshot.
        boolean snapshot = initialization.filter("snap-start"::equals).isPresent();
        if (!snapshot && function.filter(CALL_PLATFORMS::contains).isPresent()) {
            together();
        }
    }

    private void together() {
        List<Runnable> tasks = StreamSupport.stream(systems.spliterator(), false)
                .<Runnable>map(system -> () -> quietly(system))
                .toList();
        if (!runner.startAll(tasks, limit)) {
            LOG.debugf("not everything is warm after %s", limit);
        }
    }

    private static void quietly(Warmable system) {
        try {
            system.warm();
        } catch (RuntimeException e) {
            LOG.debugf("not warmed up: %s", e.getClass().getName());
        }
    }
}
