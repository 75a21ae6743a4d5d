package dev.lockstep.function;

import dev.lockstep.administration.Lines;
import dev.lockstep.directory.DirectoryBuilder;
import dev.lockstep.dynamics.DynamicsPoll;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Builds the dictionary of agents from Dataverse, binds the phone lines that were configured for people not known until
 * now, and looks at how everybody stands there.
 */
@Invocation
public class DirectoryFunction {
    @Inject
    DirectoryBuilder directory;

    @Inject
    DynamicsPoll snapshot;

    @Inject
    Lines lines;

    @Funq("directory")
    public Answer build(ScheduleEvent tick) {
        DirectoryBuilder.Result result = directory.build();
        lines.bind();
        snapshot.poll();
        return new Answer(result.agents(), result.problems());
    }

    /**
     * @param agents how many representatives are known now
     * @param problems what keeps somebody from being synchronised, in words
     */
    @RegisterForReflection
    public record Answer(int agents, List<String> problems) {}
}
