package dev.lockstep.board;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.SaidByApplications;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.intake.Trigger;
import dev.lockstep.platform.Evidence;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.RejectionReason;
import dev.lockstep.protocol.http.Supervision;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * What supervisors do with one agent: set a status, release it, have it tried again now, pause synchronising and go on with
 * it. In their own name.
 */
@Singleton
public final class AgentActs {
    static final String NAME = "board";

    private final EvidenceIntake intake;
    private final Supervision supervision;
    private final Pauses pauses;

    @Inject
    public AgentActs(EvidenceIntake intake, Supervision supervision, Pauses pauses) {
        this.intake = intake;
        this.pauses = pauses;
        this.supervision = supervision;
    }

    boolean areOpenTo(HttpCall call, AgentState agent) {
        return supervision.covers(call.caller(), agent.profile().team());
    }

    /**
     * @return the act's name
     * @throws RejectedRequest if it is none, or not this caller's to do
     */
    String perform(AgentState agent, HttpCall call) {
        call.caller().demand(Supervision.SUPERVISE);
        if (!areOpenTo(call, agent)) {
            throw supervision.outside(call.caller(), agent.profile().team());
        }
        String act = call.formField("act");
        switch (act) {
            case "set" -> accept(agent, List.of(chosen(call)), call);
            case "release" ->
                accept(
                        agent,
                        SaidByApplications.takenBack(agent, Optional.empty(), SourceTime.at(call.receivedAt())),
                        call);
            // Without news an agent is looked at, and what is due is written.
            case "again" -> intake.accept(agent.agentId(), List.of(), trigger(call));
            case "pause" -> pauses.begin(agent, call);
            case "resume" -> pauses.end(agent, call);
            default -> throw RejectedRequest.malformed("act must be set, release, again, pause or resume");
        }
        return act;
    }

    private static Signal chosen(HttpCall call) {
        Status status = Status.of(call.formField("status"))
                .orElseThrow(() ->
                        new RejectedRequest(RejectionReason.UNKNOWN_STATUS, "status must be one of those of the form"));
        Source source = Source.application(call.caller().ownName().orElse(NAME));
        return new Signal.Choice(
                source,
                SourceTime.at(call.receivedAt()),
                status,
                Optional.empty(),
                Lasting.end(call.formField("lasts"), call.receivedAt()));
    }

    private void accept(AgentState agent, List<Signal> signals, HttpCall call) {
        if (!signals.isEmpty()) {
            intake.accept(
                    agent.agentId(),
                    signals.stream().<Evidence>map(Evidence.Reported::new).toList(),
                    trigger(call));
        }
    }

    private static Trigger trigger(HttpCall call) {
        return new Trigger(NAME, call.requestId()).by(call.caller().label());
    }
}
