package dev.lockstep.configured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.concurrent.SettableClock;
import dev.lockstep.document.Diagnostic;
import dev.lockstep.mapping.EvidenceKind;
import dev.lockstep.mapping.InboundRule;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.presence.Status;
import dev.lockstep.store.InMemoryDocuments;
import dev.lockstep.store.StoreFaults;
import dev.lockstep.store.StoreUnavailable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoredMappingsTest {
    private static final String LUNCH_IS_AWAY = "dynamics: {read: {Lunch: {means: away, as: choice}}}";
    private static final String LUNCH_IS_BUSY = "dynamics: {read: {Lunch: {means: busy, as: choice}}}";
    private static final String BROKEN = "dynamics: {read: {Lunch: {means: lnch, as: choice}}}";

    private final Faults faults = new Faults();
    private final InMemoryDocuments documents = new InMemoryDocuments(faults);
    private final SettableClock clock = new SettableClock();
    private final StoredMappings mappings = new StoredMappings(GivenPlatforms.SCHEMA, documents, clock);

    private static final class Faults implements StoreFaults {
        private boolean down;
        private int calls;

        @Override
        public void before(String call) {
            calls++;
            if (down) {
                throw new StoreUnavailable("down", null);
            }
        }
    }

    private Optional<Status> lunch(String team) {
        return mappings.forTeam(team)
                .read("dynamics", "lunch")
                .filter(reading -> reading.is(EvidenceKind.CHOICE))
                .map(InboundRule::status);
    }

    @Test
    void withoutDocumentsWhatShipsHolds() {
        assertThat(mappings.forTeam("")).isEqualTo(GivenPlatforms.shippedMapping());
        assertThat(mappings.forTeam("sales")).isEqualTo(GivenPlatforms.shippedMapping());
        assertThat(mappings.problems()).isEmpty();
    }

    @Test
    void aTeamHasItsOwnAndEverybodyElseTheInstallations() {
        documents.put(Map.of("default", LUNCH_IS_AWAY, "team#sales", LUNCH_IS_BUSY));
        assertThat(lunch("Sales")).contains(Status.BUSY);
        assertThat(lunch("support")).contains(Status.AWAY);
        assertThat(lunch("")).contains(Status.AWAY);
    }

    @Test
    void aChangeIsSeenWithinAMinuteAndTheStoreIsNotAskedForEveryEvent() {
        documents.put(Map.of("default", LUNCH_IS_AWAY));
        assertThat(lunch("sales")).contains(Status.AWAY);
        int calls = faults.calls;
        documents.put(Map.of("default", LUNCH_IS_BUSY));
        calls++;
        clock.advance(Duration.ofSeconds(29));
        Mapping same = mappings.forTeam("sales");
        assertThat(same).isSameAs(mappings.forTeam("sales"));
        assertThat(faults.calls).isEqualTo(calls);
        clock.advance(Duration.ofSeconds(1));
        assertThat(lunch("sales")).contains(Status.BUSY);
    }

    @Test
    void aBrokenDocumentLeavesTheLastGoodMapping() {
        documents.put(Map.of("team#sales", LUNCH_IS_BUSY));
        assertThat(lunch("sales")).contains(Status.BUSY);
        documents.put(Map.of("team#sales", BROKEN));
        clock.advance(Duration.ofMinutes(1));
        assertThat(lunch("sales")).contains(Status.BUSY);
        assertThat(mappings.problems()).extracting(Diagnostic::scope).containsExactly("team#sales");
        documents.put(Map.of("team#sales", LUNCH_IS_AWAY));
        clock.advance(Duration.ofMinutes(1));
        assertThat(lunch("sales")).contains(Status.AWAY);
        assertThat(mappings.problems()).isEmpty();
    }

    @Test
    void aNewInstanceGoesOnWithTheNextWiderDocument() {
        documents.put(Map.of("default", LUNCH_IS_AWAY, "team#sales", BROKEN));
        assertThat(lunch("sales")).contains(Status.AWAY);
        documents.put(Map.of("default", BROKEN, "team#support", LUNCH_IS_BUSY));
        StoredMappings another = new StoredMappings(GivenPlatforms.SCHEMA, documents, clock);
        assertThat(another.forTeam("")).isEqualTo(GivenPlatforms.shippedMapping());
        assertThat(another.forTeam("support").read("dynamics", "Lunch"))
                .contains(new InboundRule(Status.BUSY, EvidenceKind.CHOICE));
    }

    @Test
    void whatIsNoYamlBreaksNothing() {
        documents.put(Map.of("default", "{{{{"));
        assertThat(mappings.forTeam("x")).isEqualTo(GivenPlatforms.shippedMapping());
        assertThat(mappings.problems()).isNotEmpty();
    }

    @Test
    void whileTheStoreIsSilentTheOldMappingHolds() {
        documents.put(Map.of("default", LUNCH_IS_AWAY));
        assertThat(lunch("")).contains(Status.AWAY);
        faults.down = true;
        clock.advance(Duration.ofHours(1));
        assertThat(lunch("")).contains(Status.AWAY);
        int calls = faults.calls;
        assertThat(lunch("")).contains(Status.AWAY);
        assertThat(faults.calls).as("no storm of calls").isEqualTo(calls);
        faults.down = false;
        documents.put(Map.of("default", LUNCH_IS_BUSY));
        clock.advance(Duration.ofSeconds(5));
        assertThat(lunch("")).contains(Status.BUSY);
    }

    @Test
    void aNewInstanceWithoutAStoreSaysSo() {
        faults.down = true;
        assertThatThrownBy(() -> mappings.forTeam("")).isInstanceOf(StoreUnavailable.class);
        faults.down = false;
        assertThat(mappings.forTeam("")).isEqualTo(GivenPlatforms.shippedMapping());
    }
}
