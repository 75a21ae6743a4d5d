package dev.lockstep.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.check.Finding;
import dev.lockstep.check.Finding.Grade;
import dev.lockstep.concurrent.SettableClock;
import dev.lockstep.configured.StoredConnections;
import dev.lockstep.configured.StoredMappings;
import dev.lockstep.configured.StoredSupervisorGroups;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.store.InMemoryDocuments;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the doctor is told of stored documents. */
class DocumentChecksTest {
    private final InMemoryDocuments documents = new InMemoryDocuments();
    private final SettableClock clock = new SettableClock();

    private Finding look(String name) {
        return new DocumentChecks(
                        new StoredMappings(GivenPlatforms.SCHEMA, documents, clock),
                        new StoredConnections(documents, clock),
                        new StoredSupervisorGroups(documents, clock))
                .checks().stream()
                        .filter(check -> check.name().equals(name))
                        .map(check -> check.look().get())
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void whatCanBeUsedIsWell() {
        assertThat(look("mappings").grade()).isEqualTo(Grade.OK);
        assertThat(look("connections").grade()).isEqualTo(Grade.OK);
    }

    @Test
    void whatCannotBeUsedIsNamedWithItsPlace() {
        documents.put(Map.of(
                "team#x",
                "dynamics: {read: {Lunch: {means: lnch, as: choice}}}",
                "connection#desk",
                "{not a connection",
                "supervisors",
                "[{\"group\": 7}]"));

        assertThat(look("supervisors").grade()).isEqualTo(Grade.FAILED);

        assertThat(look("mappings").grade()).isEqualTo(Grade.FAILED);
        assertThat(look("mappings").detail()).contains("team#x, line 1").contains("lnch");
        assertThat(look("connections").grade()).isEqualTo(Grade.FAILED);
        assertThat(look("connections").detail()).contains("connection#desk");
    }
}
