package dev.lockstep.phone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.PageExamples;
import dev.lockstep.protocol.cloudevents.CloudEvent;
import dev.lockstep.protocol.cloudevents.StructuredMode;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.RejectionReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page for whoever connects a phone system says what the code takes. */
class PhoneEventsPageTest {
    private final String page;

    PhoneEventsPageTest() throws IOException {
        page = Files.readString(Path.of("docs/phone-events.md"));
    }

    @ParameterizedTest
    @EnumSource(PhoneKind.class)
    void everyKindHasItsRow(PhoneKind kind) {
        String own = kind.names().findFirst().orElseThrow();
        String others = kind.names().skip(1).map(name -> "`" + name + "`").collect(Collectors.joining(", "));

        assertThat(page).contains("| `" + own + "` | " + others + " |");
    }

    @Test
    void everyStateThatIsNoCallIsNamed() {
        String states =
                PhoneEvent.NO_CALL.stream().map(state -> "`" + state + "`").collect(Collectors.joining(", "));

        assertThat(page.replace("\n", " ")).contains("(" + states + ")");
    }

    @Test
    void theExampleIsUnderstood() throws IOException {
        String example = PageExamples.of("docs/phone-events.md", "json").getFirst();
        CloudEvent event = StructuredMode.read(Body.of(example));
        EventTime time = new EventTime(event, Optional.empty(), event.time().orElseThrow(), Duration.ZERO);

        assertThat(new PhoneEvent(event, time, "pbx").news())
                .singleElement()
                .isInstanceOfSatisfying(
                        LineEvidence.Said.class,
                        said -> assertThat(said.lines()).containsExactly("1042"));
    }

    @ParameterizedTest
    @EnumSource(
            value = RejectionReason.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"FORBIDDEN", "UNKNOWN_AGENT", "CONFLICT", "CHANGED", "UNKNOWN_STATUS"})
    void everyAnswerHasItsRow(RejectionReason reason) {
        assertThat(page).contains("\n| " + reason.status() + " | ");
    }
}
