package dev.lockstep.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.dynamics.dataverse.StatusFields;
import dev.lockstep.fuzz.Fuzz;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.ReadablePlatform.Interpretation;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Decider;
import dev.lockstep.presence.Policy;
import dev.lockstep.presence.Situation;
import dev.lockstep.protocol.entra.Guid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Real bodies, damaged: each ends in a message whose parts are well-formed, and from which the agent's status can be
 * decided, or in the one documented exception.
 */
@Timeout(300)
class StatusMessageFuzzTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final List<String> BODIES = List.of(
            "/dataverse/agentstatus-update.json",
            "/dataverse/agentstatus-update.json",
            "/dataverse/agentstatus-size-exceeded.json",
            "/vectors/dataverse/create-account-sync.json",
            "/vectors/dataverse/create-all-field-types-sync.json",
            "/vectors/dataverse/create-all-types-async.json",
            "/vectors/dataverse/update-account-typed-guid.json",
            "/vectors/dataverse/update-activity-setstate-async-preimage.json",
            "/vectors/dataverse/update-contact-async.json");

    private Standing standing = Standing.NEW;
    private Situation situation = Situation.unknown();
    private int understood;
    private int refused;

    @Test
    void everyDamagedBodyIsUnderstoodOrRefused() throws Exception {
        List<byte[]> bodies = new ArrayList<>();
        for (String name : BODIES) {
            bodies.add(StatusMessageTest.body(name));
        }
        Fuzz.bytes(bodies, (damaged, random) -> {
            try {
                StatusMessage message = StatusMessage.parse(damaged);
                check(message);
                tell(message);
                understood++;
            } catch (StatusMessage.Malformed e) {
                refused++;
            }
        });
        assertThat(understood).as("messages understood").isPositive();
        assertThat(refused).as("messages refused").isPositive();
    }

    private static void check(StatusMessage message) {
        assertThat(message.table()).isNotBlank();
        message.systemUserId().ifPresent(id -> assertThat(id).hasSize(36));
        message.statusRowId().ifPresent(id -> assertThat(id).hasSize(36));
        message.fields()
                .forEach((name, value) ->
                        assertThat(wellFormed(name, value)).as(name).isTrue());
    }

    private static boolean wellFormed(String field, String value) {
        return switch (field) {
            case StatusFields.PRESENCE_ID, StatusFields.MODIFIED_BY_USER ->
                Guid.of(value).isPresent();
            case StatusFields.LOGGED_IN -> value.equals("true") || value.equals("false");
            case StatusFields.PRESENCE_MODIFIED_ON, StatusFields.CHANGED_ON -> Instant.parse(value) != null;
            case StatusFields.EVENT, StatusFields.CONVERSATIONS -> value.matches("-?\\d+");
            default -> !value.isBlank();
        };
    }

    /** One after the other to one agent, as if all had been genuine. */
    private void tell(StatusMessage message) {
        Observation seen = new Observation(DynamicsPlatform.NAME, NOW, message.fields());
        StatusInterpreter reader = new StatusInterpreter(
                new PresenceMeanings(GivenDynamics.PRESENCES, GivenPlatforms.shippedMapping()),
                GivenDynamics.RULES,
                NOW);
        Interpretation meaning = reader.read(seen, standing, situation);
        standing = meaning.standing();
        situation = situation.fold(meaning.signals());
        new Decider(Policy.DEFAULT).decide(situation, NOW);
        assertThat(situation.facts().known()).hasSizeLessThan(3);
        assertThat(message.fields().toString()).as("what is kept").hasSizeLessThan(1_000);
    }

    @Test
    void nothingButDepthIsRefusedAtAnySizeThatIsRead() {
        for (int size : List.of(2_000, StatusMessage.LARGEST)) {
            Fuzz.depths("{\"PrimaryEntityName\":\"x\",\"InputParameters\":", "}", size)
                    .forEach(body -> assertThatExceptionOfType(StatusMessage.Malformed.class)
                            .as("%s bytes", body.length)
                            .isThrownBy(() -> StatusMessage.parse(body)));
        }
    }
}
