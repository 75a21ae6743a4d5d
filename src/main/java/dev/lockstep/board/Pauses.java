package dev.lockstep.board;

import dev.lockstep.agent.AgentState;
import dev.lockstep.concurrent.RefreshRules;
import dev.lockstep.concurrent.RefreshingValue;
import dev.lockstep.configured.ReasonedModes;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.RejectionReason;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.store.StoreUnavailable;
import dev.lockstep.store.Timeline;
import dev.lockstep.sync.WriteModes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Whether Lockstep writes for one agent, as supervisors see and set it. A pause is the agent's own mode, {@code observe}: an
 * administrator sees, sets and ends the very same. {@code off} is an administrator's alone.
 */
@Singleton
public final class Pauses {
    private static final Logger LOG = Logger.getLogger(Pauses.class);

    private static final Duration AGE = Duration.ofSeconds(30);
    private static final Duration WAIT = Duration.ofSeconds(5);

    private final ReasonedModes modes;
    private final Timeline timeline;
    private final RefreshingValue<Map<String, Paused>> known;

    @Inject
    public Pauses(ReasonedModes modes, Timeline timeline, InstantSource clock) {
        this.modes = modes;
        this.timeline = timeline;
        this.known = new RefreshingValue<>(
                () -> everybodys(modes, clock.instant()), RefreshRules.every(AGE, WAIT, StoreUnavailable.class), clock);
    }

    /** By the agents' ids, as known half a minute ago. It is read for whoever looks at a list. */
    Map<String, Paused> known() {
        return known.get();
    }

    /** As of now. */
    Optional<Paused> of(String agentId, Instant now) {
        return modes.of(key(agentId)).flatMap(held -> Paused.of(held, now));
    }

    private static Map<String, Paused> everybodys(ReasonedModes modes, Instant now) {
        return modes.withPrefix(ControlKeys.MODE_OF_AGENT).entrySet().stream()
                .flatMap(held -> Paused.of(held.getValue(), now).stream()
                        .map(paused -> Map.entry(held.getKey().substring(ControlKeys.MODE_OF_AGENT.length()), paused)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** @throws RejectedRequest if it has no reason or no end, or if an administrator has switched writing off */
    void begin(AgentState agent, HttpCall call) {
        call.caller().ownName();
        Instant until = Lasting.endOfPause(call.formField("pauses"), call.receivedAt());
        ReasonedModes.Why why = new ReasonedModes.Why(
                call.caller().label(),
                call.receivedAt(),
                call.formField("reason").strip(),
                Optional.of(until));
        why.wrong().ifPresent(wrong -> {
            throw RejectedRequest.malformed(wrong);
        });
        leaveAloneWhatIsOff(agent, call.receivedAt());
        modes.put(key(agent.agentId()), WriteModes.Mode.OBSERVE.word(), why);
        tell(agent, call, "synchronising is paused until " + Words.absolute(until) + ", because: " + why.reason());
    }

    /** @throws RejectedRequest if nothing is paused, or if an administrator has switched writing off */
    void end(AgentState agent, HttpCall call) {
        call.caller().ownName();
        leaveAloneWhatIsOff(agent, call.receivedAt());
        if (of(agent.agentId(), call.receivedAt()).isEmpty()) {
            throw new RejectedRequest(
                    RejectionReason.CONFLICT,
                    "nothing is done: the pause has ended already. Go back, and load the page");
        }
        modes.remove(key(agent.agentId()));
        tell(agent, call, "the pause of synchronising is ended");
    }

    private void leaveAloneWhatIsOff(AgentState agent, Instant now) {
        if (of(agent.agentId(), now).filter(Paused::byAdministrator).isPresent()) {
            throw new RejectedRequest(
                    RejectionReason.CONFLICT,
                    "an administrator has switched writing off for this agent: ask one to end that under Modes, at"
                            + " /board/configuration?part=modes");
        }
    }

    private void tell(AgentState agent, HttpCall call, String what) {
        String status = agent.status().label();
        timeline.append(new Timeline.Event(
                agent.agentId(),
                call.receivedAt(),
                AgentActs.NAME,
                call.requestId(),
                call.caller().label(),
                status,
                status,
                List.of(what),
                Map.of(),
                0));
        LOG.infof(
                "audit=pause by=%s agent=%s act=%s",
                call.caller().label().isBlank() ? "-" : call.caller().label(), agent.agentId(), call.formField("act"));
    }

    private static String key(String agentId) {
        return ControlKeys.MODE_OF_AGENT + agentId;
    }
}
