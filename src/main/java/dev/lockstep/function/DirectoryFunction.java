package dev.lockstep.function;

import dev.lockstep.config.Lines;
import dev.lockstep.dynamics.Directory;
import dev.lockstep.dynamics.Snapshot;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Builds the dictionary of agents from Dataverse, binds the phone lines that were configured for people not known until
 * now, and looks at how everybody stands there.
 */
public class DirectoryFunction {
    @Inject
    Directory directory;

    @Inject
    Snapshot snapshot;

    @Inject
    Lines lines;

    @Funq("directory")
    public Answer build(Tick tick) {
        Directory.Result result = directory.build();
        lines.bind();
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
