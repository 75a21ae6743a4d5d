package dev.lockstep.function;

import dev.lockstep.administration.Lines;
import dev.lockstep.concurrent.Countdown;
import dev.lockstep.directory.DirectoryBuilder;
import dev.lockstep.dynamics.DynamicsPoll;
import dev.lockstep.intake.RollCall;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Builds the dictionary of agents from Dataverse, binds the phone lines that were configured for people not known until
 * now, and looks at how everybody stands there.
 */
@Invocation
public class DirectoryFunction {
    /** For the look at everybody, of the five minutes that the function has. */
    private static final Duration LOOK = Duration.ofSeconds(50);

    @Inject
    DirectoryBuilder directory;

    @Inject
    DynamicsPoll snapshot;

    @Inject
    RollCall roll;

    @Inject
    Lines lines;

    @Inject
    InstantSource clock;

    @Funq("directory")
    public Answer build(ScheduleEvent tick) {
        DirectoryBuilder.Result result = directory.build();
        lines.bind();
        snapshot.poll(roll.fromItems(), Countdown.of(clock, LOOK));
        return new Answer(result.agents(), result.problems());
    }

    /**
     * @param agents how many representatives are known now
     * @param problems what keeps somebody from being synchronised, and who is no representative any more, in words
     */
    @RegisterForReflection
    public record Answer(int agents, List<String> problems) {}
}
