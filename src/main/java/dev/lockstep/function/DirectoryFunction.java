package dev.lockstep.function;

import dev.lockstep.dynamics.Directory;
import dev.lockstep.dynamics.Snapshot;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import java.util.List;

/** Builds the dictionary of agents from Dataverse, then looks at how they stand there. */
public class DirectoryFunction {
    @Inject
    Directory directory;

    @Inject
    Snapshot snapshot;

    @Funq("directory")
    public Answer build(Tick tick) {
        Directory.Result result = directory.build();
        snapshot.take();
        return new Answer(result.agents(), result.problems());
    }

    /**
     * @param agents how many representatives are known now
     * @param problems what keeps somebody from being synchronised, in words
     */
    @RegisterForReflection
    public record Answer(int agents, List<String> problems) {}
}
