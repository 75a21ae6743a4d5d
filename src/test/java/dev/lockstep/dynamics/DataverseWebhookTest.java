package dev.lockstep.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.directory.DirectoryBuilder;
import dev.lockstep.dynamics.dataverse.DataverseSettings;
import dev.lockstep.dynamics.dataverse.OmnichannelApi;
import dev.lockstep.intake.ForwardingIntake;
import dev.lockstep.intake.GivenCrew;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.EdgeInMemory;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryIdentities;
import dev.lockstep.store.StoreUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Dataverse is answered. It tries again after 502, 503 and 504 only, and once. */
class DataverseWebhookTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String RITA = "11111111-0000-0000-0000-000000000001";
    private static final HttpAnswer AGAIN =
            HttpAnswer.text(503, "not recorded; please send it again").with(Map.of("Retry-After", "1"));

    private final InMemoryIdentities identities = new InMemoryIdentities();
    private final List<String> told = new ArrayList<>();
    private final List<Instant> heard = new ArrayList<>();
    private final Dataverse dataverse = new Dataverse();
    private final EdgeInMemory edge = new EdgeInMemory();
    private RuntimeException failure;
    private boolean keyIsUnreadable;
    private String unreadableKey = "none of them";
    private final DataverseWebhook webhook = new DataverseWebhook(
            new Settings(),
            this::reveal,
            dataverse,
            identities,
            new DirectoryBuilder(
                    GivenPlatforms.CATALOGUE,
                    List.of(new DynamicsPeople(dataverse)),
                    new InMemoryAgentStore(),
                    identities,
                    GivenCrew.alone(),
                    InstantSource.system()),
            new ForwardingIntake(this::record),
            heard::add);

    private String reveal(String reference) {
        if (keyIsUnreadable || reference.equals(unreadableKey)) {
            throw new PlatformException.PermissionMissing("secretsmanager:GetSecretValue");
        }
        return reference;
    }

    private void record(String agentId, List<Evidence> news) {
        if (failure != null) {
            throw failure;
        }
        told.add(agentId);
    }

    private HttpAnswer answer(Map<String, String> headers, Body body) {
        HttpCall call = HttpCall.of("POST", "/dynamics", "", headers, body, NOW);
        return edge.answer(webhook, call);
    }

    private HttpAnswer genuine(Body body) {
        return answer(Map.of("X-Lockstep-Key", "new"), body);
    }

    /** A row that is too large for a message, and has to be read. */
    private static Body toBeRead() {
        try (InputStream file =
                DataverseWebhookTest.class.getResourceAsStream("/dataverse/agentstatus-size-exceeded.json")) {
            return Body.of(file.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"old", "new"})
    void eachOfTheKeysThatAreInUseLetsIn(String key) {
        identities.put(Map.of("dynamics#" + RITA, "rita"));

        assertThat(answer(Map.of("X-Lockstep-Key", key), toBeRead())).isEqualTo(HttpAnswer.ok());
        assertThat(told).containsExactly("rita");
        assertThat(heard).containsExactly(NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "old,new", "ol", "old ", "guessed"})
    void nothingElseLetsIn(String key) {
        assertThat(answer(Map.of("X-Lockstep-Key", key), toBeRead()))
                .isEqualTo(HttpAnswer.text(401, "the header x-lockstep-key is missing or wrong"));
        assertThat(answer(Map.of(), toBeRead()).status()).isEqualTo(401);
        assertThat(told).isEmpty();
        assertThat(heard).isEmpty();
    }

    @Test
    void whatIsNoMessageIsMalformed() {
        HttpAnswer answer = genuine(Body.of("{\"PrimaryEntityName\":"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.contentType()).isEqualTo("text/plain");
    }

    @Test
    void moreThan256KilobytesAreRefused() {
        assertThat(genuine(Body.of(new byte[HttpCall.MAX_BYTES + 1])))
                .isEqualTo(HttpAnswer.text(413, "larger than 256 KB"));
    }

    @Test
    void whatCannotBeRecordedMustComeAgain() {
        identities.put(Map.of("dynamics#" + RITA, "rita"));
        failure = new StoreUnavailable("down", null);

        assertThat(genuine(toBeRead())).isEqualTo(AGAIN);
    }

    /** Nobody knows whether it was genuine, and Dataverse keeps it. */
    @Test
    void whatCannotBeAuthenticatedNowMustComeAgain() {
        keyIsUnreadable = true;

        assertThat(genuine(toBeRead())).isEqualTo(AGAIN);
        assertThat(heard).isEmpty();
    }

    @Test
    void aKeyThatCannotBeReadKeepsNoOtherFromWorking() {
        identities.put(Map.of("dynamics#" + RITA, "rita"));
        unreadableKey = "replaced";

        assertThat(answer(Map.of("X-Lockstep-Key", "new"), toBeRead())).isEqualTo(HttpAnswer.ok());
        assertThat(answer(Map.of("X-Lockstep-Key", "wrong"), toBeRead())).isEqualTo(AGAIN);
    }

    static Stream<PlatformException> passing() {
        return Stream.of(
                new PlatformException.Unreachable("silent"), new PlatformException.Throttled(Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatCannotBeReadNowMustComeAgain(PlatformException why) {
        dataverse.failure = why;

        assertThat(genuine(toBeRead())).isEqualTo(AGAIN);
    }

    static Stream<PlatformException> lasting() {
        return Stream.of(
                new PlatformException.PermissionMissing("the role"),
                new PlatformException.Rejected("no such row"),
                new PlatformException.NotSignedIn());
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void whatCanNeverBeReadNeedNotComeAgain(PlatformException why) {
        dataverse.failure = why;

        assertThat(genuine(toBeRead())).isEqualTo(HttpAnswer.ok());
        assertThat(told).isEmpty();
    }

    /** As the directory leaves them out: who is switched off, and accounts that only programs or support sign in with. */
    @Test
    void whoIsNoPersonAtWorkIsNotTakenInByAMessage() {
        dataverse.user = Optional.of(new OmnichannelApi.UserRow(
                RITA, "33333333-0000-0000-0000-00000000000b", "Copilot", "copilot@contoso.com", false));

        assertThat(genuine(toBeRead())).isEqualTo(HttpAnswer.ok());
        assertThat(told).isEmpty();
    }

    /** As they cannot be written in one property: spaces around a value, and an empty one. */
    private static final class Settings implements DataverseSettings {
        @Override
        public Optional<URI> url() {
            return Optional.of(URI.create("https://contoso.example"));
        }

        @Override
        public Optional<List<String>> webhookKey() {
            return Optional.of(List.of("replaced", "old, new", ""));
        }

        @Override
        public Duration connectTimeout() {
            return Duration.ofSeconds(2);
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(2);
        }

        @Override
        public Duration readTimeout() {
            return Duration.ofSeconds(10);
        }

        @Override
        public int pageSize() {
            return 500;
        }

        @Override
        public Optional<String> callerId() {
            throw new AssertionError("a webhook writes nothing");
        }

        @Override
        public String bookingSetup() {
            return "";
        }

        @Override
        public List<Registration> registrations() {
            throw new AssertionError("a webhook writes nothing");
        }

        @Override
        public Workstreams workstreams() {
            throw new AssertionError("a webhook asks for no workstreams");
        }
    }

    private static final class Dataverse extends EmptyDataverse {
        private PlatformException failure;
        private Optional<UserRow> user = Optional.empty();

        @Override
        public Optional<StatusRow> status(String statusRowId) {
            if (failure != null) {
                throw failure;
            }
            return Optional.of(new StatusRow(RITA, Map.of(), Optional.empty()));
        }

        @Override
        public Optional<UserRow> user(String id) {
            return user;
        }
    }
}
