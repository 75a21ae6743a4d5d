package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.mapping.MappingInvalid;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.KnownChoice;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What was picked and lies beneath a call means what its presence means at present: it shows nowhere, and it comes back. */
class EvidenceFolderTest {
    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");

    private final InMemoryPlatform dynamics = new InMemoryPlatform("dynamics", true, new ArrayList<>(), step -> {});

    private static Mapping reading(String presence, String as) {
        String document = "dynamics: {read: {" + presence + ": " + as + "}}";
        try {
            return GivenPlatforms.SCHEMA.mapping(List.of(MappingDocument.read(MappingDocument.DEFAULT, document)));
        } catch (MappingInvalid e) {
            throw new AssertionError(document, e);
        }
    }

    /** Somebody who picked Training, which was read as do not disturb, and then took a call. */
    private static AgentState onACall(Optional<Instant> from) {
        SourceTime picked = SourceTime.at(NINE);
        return told(
                AgentState.of("rita", new Profile("rita", "", Map.of("dynamics", "d-rita"))),
                new Signal.Choice(
                        Source.DYNAMICS,
                        picked,
                        Status.DO_NOT_DISTURB,
                        Optional.of("Training"),
                        from,
                        Optional.empty()),
                new Signal.Call(
                        Source.phone("desk"),
                        SourceTime.at(NINE.plusSeconds(60)),
                        "1042",
                        "a",
                        CallState.CONNECTED,
                        false));
    }

    private static AgentState told(AgentState state, Signal... signals) {
        return state.with(state.situation().fold(List.of(signals)));
    }

    private AgentState folded(AgentState state, Mapping mapping) {
        Instant now = NINE.plusSeconds(120);
        return new EvidenceFolder(() -> List.of(dynamics), team -> mapping)
                .fold(state.lookedAtAgainAt(now.plusSeconds(90)), List.of(), now)
                .state();
    }

    private static Optional<KnownChoice> picked(AgentState state) {
        return state.situation().choices().of(Source.DYNAMICS);
    }

    @Test
    void whatLiesBeneathACallIsReadAsTheMappingSaysNow() {
        AgentState after = folded(onACall(Optional.empty()), reading("Training", "{means: away, as: choice}"));
        assertThat(picked(after)).hasValueSatisfying(choice -> {
            assertThat(choice.status()).isEqualTo(Status.AWAY);
            assertThat(choice.presence()).contains("Training");
            assertThat(choice.moment()).isEqualTo(SourceTime.at(NINE));
        });
    }

    @Test
    @DisplayName("what is no choice any more does not come back, and does once the change is undone")
    void whatIsNoChoiceAnyMoreDoesNotComeBack() {
        AgentState ignored = folded(onACall(Optional.empty()), reading("Training", "ignore"));
        assertThat(picked(ignored)).isEmpty();

        AgentState undone = folded(ignored, reading("Training", "{means: doNotDisturb, as: choice}"));
        assertThat(picked(undone)).isEqualTo(picked(onACall(Optional.empty())));
    }

    @Test
    @DisplayName("what a presence means that nobody knew is read as soon as somebody knows it, whoever looks then")
    void whatIsPickedIsReadAtEveryLook() {
        AgentState after = new EvidenceFolder(
                        () -> List.of(dynamics), team -> reading("Training", "{means: away, as: choice}"))
                .fold(onACall(Optional.empty()), List.of(), NINE.plusSeconds(120))
                .state();
        assertThat(picked(after)).map(KnownChoice::status).contains(Status.AWAY);
    }

    @Test
    void whatWasTakenBackLaterStaysTakenBack() {
        AgentState over = told(
                onACall(Optional.empty()),
                new Signal.ChoiceWithdrawn(Source.DYNAMICS, SourceTime.at(NINE.plusSeconds(9))));
        assertThat(picked(folded(over, reading("Training", "{means: away, as: choice}"))))
                .isEmpty();
    }

    @Test
    @DisplayName("what is held back because it may be a lost connection is not, once it is read as something else")
    void whatIsHeldBackIsHeldOnlyAsWhatItWas() {
        Instant later = NINE.plusSeconds(150);
        AgentState held = onACall(Optional.of(later));
        AgentState same = folded(held, reading("Training", "{means: doNotDisturb, as: choice}"));
        assertThat(picked(same).flatMap(KnownChoice::from)).contains(later);
        AgentState other = folded(held, reading("Training", "{means: away, as: choice}"));
        assertThat(picked(other).flatMap(KnownChoice::from)).isEmpty();
    }
}
