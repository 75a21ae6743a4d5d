package dev.lockstep.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.presence.Status;
import dev.lockstep.protocol.http.RejectionReason;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page for those who write applications says what the code takes and gives. */
class ApiPageTest {
    private String page;

    @BeforeEach
    void read() throws IOException {
        page = Files.readString(Path.of("docs/api.md"));
    }

    @Test
    void namesEveryMemberAndParameterThatIsTaken() {
        Stream.concat(
                        StatusRequest.MEMBERS.stream(),
                        Stream.of(Api.LIST_PARAMETERS, Api.TIMELINE_PARAMETERS, Api.DELETE_PARAMETERS)
                                .flatMap(List::stream))
                .forEach(name -> assertThat(page).contains("`" + name + "`"));
    }

    @Test
    void namesEveryStatusAndEveryMemberThatIsGiven() {
        Stream.of(AgentJson.class, AgentJson.OnPlatform.class)
                .flatMap(type -> Arrays.stream(type.getRecordComponents()))
                .map(RecordComponent::getName)
                .forEach(name -> assertThat(page).contains("`" + name + "`"));
        Arrays.stream(Status.values()).forEach(status -> assertThat(page).contains("`" + status.label() + "`"));
    }

    @Test
    void namesEveryRefusal() {
        Arrays.stream(RejectionReason.values())
                .filter(reason -> reason != RejectionReason.UNSUPPORTED)
                .forEach(reason -> assertThat(page).contains("| " + reason.status() + " |"));
    }

    @Test
    void itsLimitsAreTheCodes() {
        assertThat(page).contains("1 to " + Api.MOST_AGENTS, "1 to " + Api.MOST_EVENTS);
    }
}
