package dev.lockstep.agent;

import dev.lockstep.presence.KnownChoice;
import dev.lockstep.presence.KnownFact;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What applications, and people through us, said of an agent and have not taken back. */
public final class SaidByApplications {
    /** Name of the one fact that an application can state of an agent. */
    public static final String KEY = "status";

    private SaidByApplications() {}

    /**
     * What takes it back.
     *
     * @param source whose; empty for everybody's
     */
    public static List<Signal> takenBack(AgentState agent, Optional<Source> source, SourceTime now) {
        List<Signal> signals = new ArrayList<>();
        agent.situation().choices().known().values().stream()
                .map(KnownChoice::source)
                .filter(from -> isSaidBy(from, source)
                        && agent.situation().choices().of(from).isPresent())
                .forEach(from -> signals.add(new Signal.ChoiceWithdrawn(from, now)));
        agent.situation().facts().known().values().stream()
                .filter(fact -> !fact.ended() && isSaidBy(fact.source(), source))
                .map(KnownFact::source)
                .forEach(from -> signals.add(new Signal.FactEnded(from, now, KEY)));
        return signals;
    }

    private static boolean isSaidBy(Source from, Optional<Source> wanted) {
        return wanted.map(from::equals)
                .orElse(from.name().startsWith(Source.application("").name()));
    }
}
