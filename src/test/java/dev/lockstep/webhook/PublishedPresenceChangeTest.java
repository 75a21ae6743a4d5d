package dev.lockstep.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.PageExamples;
import dev.lockstep.api.AsyncApiDocument;
import dev.lockstep.platform.Ledger;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Subject;
import dev.lockstep.presence.Status;
import dev.lockstep.protocol.cloudevents.StructuredMode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code /asyncapi.json} says what an application is told. */
class PublishedPresenceChangeTest {
    private static final AsyncApiDocument DOCUMENT = AsyncApiDocument.SERVED;
    private static final String MESSAGE = "presenceChanged";

    private static String told(Status status, String team) {
        LedgerEntry step = new LedgerEntry(
                Ledger.TOLD,
                status.label(),
                Instant.parse("2026-11-22T08:00:00.250Z"),
                Optional.empty(),
                LedgerEntry.Outcome.INTENDED);
        Subject rita = new Subject("rita@contoso.com", "rita@contoso.com", "Rita Rep", team);
        return StructuredMode.write(new PresenceChange(step, rita).event()).text();
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void everyChangeIsItsMessage(Status status) {
        for (String team : List.of("priority", "")) {
            assertThat(DOCUMENT.mistakes(MESSAGE, told(status, team))).isEmpty();
        }
    }

    @Test
    void aTestIsAMessageOfItsOwn() {
        String test = StructuredMode.write(new TestEvent("crm", Instant.EPOCH, "JKJaXmPLvHcESHA=").event())
                .text();

        assertThat(DOCUMENT.messagesOf("presenceChanges", test)).containsExactly("test");
    }

    @Test
    void whatIsNotToldIsNoMessage() {
        String told = told(Status.BUSY, "priority");

        for (String other : List.of(
                told.replace("\"busy\"", "\"lunch\""),
                told.replace("\"subject\"", "\"about\""),
                told.replace("changed.v1", "changed.v2"),
                told.replace("\"team\"", "\"teams\""),
                told.replace("2026-11-22T", "22.11.2026 "))) {
            assertThat(DOCUMENT.mistakes(MESSAGE, other)).as(other).isNotEmpty();
        }
    }

    @Test
    void theExampleOfThePageIsOne() throws IOException {
        List<String> examples = PageExamples.of("docs/events.md", "json").stream()
                .filter(example -> example.contains("specversion"))
                .toList();

        assertThat(examples)
                .singleElement()
                .satisfies(example ->
                        assertThat(DOCUMENT.mistakes(MESSAGE, example)).isEmpty());
    }
}
