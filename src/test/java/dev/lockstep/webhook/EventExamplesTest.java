package dev.lockstep.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.PageProgram;
import dev.lockstep.platform.Ledger;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Subject;
import dev.lockstep.presence.Status;
import dev.lockstep.protocol.cloudevents.CloudEvent;
import dev.lockstep.protocol.cloudevents.StructuredMode;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.signature.SigningKey;
import dev.lockstep.protocol.signature.StandardWebhooks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's programs, as they stand there, take what we send and nothing else, wherever their language is installed. */
class EventExamplesTest {
    private static final String OLD = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final CloudEvent CHANGE = new PresenceChange(
                    new LedgerEntry(
                            Ledger.TOLD,
                            Status.ON_A_CALL.label(),
                            Instant.parse("2026-11-22T08:00:00.250Z"),
                            Optional.empty(),
                            LedgerEntry.Outcome.INTENDED),
                    new Subject("rita", "rita", "R\u00edta Rep", "priority"))
            .event();

    @TempDir
    Path folder;

    private static Map<String, String> headers(CloudEvent event, Body body, Instant at) {
        Map<String, String> environment = new HashMap<>(Map.of("LOCKSTEP_SECRET", SECRET));
        new StandardWebhooks(InstantSource.fixed(at), Duration.ofMinutes(5))
                .sign(event.id(), body, List.of(SigningKey.of(OLD), SigningKey.of(SECRET)))
                .forEach((name, value) -> environment.put(name.replace('-', '_').toUpperCase(Locale.ROOT), value));
        return environment;
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "python", "javascript", "csharp"})
    void theProgramOfThePageTakesWhatWeSendAndNothingElse(String language) throws Exception {
        PageProgram program = PageProgram.first("docs/events.md", language);
        Body body = StructuredMode.write(CHANGE);
        Map<String, String> sent = headers(CHANGE, body, Instant.now());

        assertThat(program.run(folder, sent, body.bytes())).isEqualTo(new PageProgram.Ended(0, "rita onACall\n"));

        byte[] forged = body.text().replace("onACall", "offline").getBytes(StandardCharsets.UTF_8);
        assertThat(program.run(folder, sent, forged).code()).isNotZero();
        Map<String, String> old = headers(CHANGE, body, Instant.now().minus(Duration.ofMinutes(6)));
        assertThat(program.run(folder, old, body.bytes()).code()).isNotZero();
        CloudEvent test = new TestEvent("crm", Instant.now(), "1").event();
        Body tested = StructuredMode.write(test);
        assertThat(program.run(folder, headers(test, tested, Instant.now()), tested.bytes()))
                .isEqualTo(new PageProgram.Ended(0, ""));
    }
}
