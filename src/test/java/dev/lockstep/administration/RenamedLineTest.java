package dev.lockstep.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.concurrent.SettableClock;
import dev.lockstep.configured.StoredConnections;
import dev.lockstep.configured.StoredLines;
import dev.lockstep.intake.ForwardingIntake;
import dev.lockstep.phone.GivenPhoneSystems;
import dev.lockstep.phone.PhoneWebhook;
import dev.lockstep.platform.Evidence;
import dev.lockstep.presence.Decider;
import dev.lockstep.presence.Policy;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Status;
import dev.lockstep.protocol.delivery.GivenDeliveryLog;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.EdgeInMemory;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.signature.StandardWebhooks;
import dev.lockstep.store.InMemoryControl;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A phone whose names are configured otherwise while it has a call, told of at several instances. */
class RenamedLineTest {
    private static final String MAC = "805ec0112233";
    private static final String NEW_MAC = "805ec0445566";

    private final ConfigurationFixture world = new ConfigurationFixture(true);
    private final SettableClock clock = world.clock;
    private final InMemoryControl control = new InMemoryControl(clock);
    private final Map<String, Situation> situations = new HashMap<>();

    /** One that reads the lines before they change, and holds them for a while. */
    private final PhoneWebhook holding = instance();

    @BeforeEach
    void twoAgentsAndADesk() {
        world.apply("connections: [{name: desk, system: yealink, tokens: [k7Qe-rest-of-the-token-of-32-chars]}]\n"
                + "agents: [{agentId: rita, name: Rita, identities: [dynamics#"
                + ConfigurationFixture.RITA_IN_DYNAMICS
                + "]}, {agentId: tom, name: Tom, identities: [dynamics#11111111-0000-0000-0000-000000000002]}]");
    }

    @Test
    void aCallOutlivesThatItsPhoneGetsAnExtensionAndEndsWhoeverIsToldOfIt() {
        lines("{connection: desk, mac: " + MAC + ", agent: rita}");
        happens(holding, "ev=connected&mac=" + MAC + "&u=1042&cid=17");
        lines("{connection: desk, line: '1042', mac: " + MAC + ", agent: rita}");
        assertThat(statusOf("rita")).contains(Status.ON_A_CALL);
        happens(instance(), "ev=ended&mac=" + MAC + "&u=1042&cid=17");
        assertThat(statusOf("rita")).isEmpty();

        happens(holding, "ev=connected&mac=" + MAC + "&u=&cid=18");
        happens(instance(), "ev=ended&mac=&u=1042&cid=18");
        assertThat(statusOf("rita"))
                .as("begun by the old lines, ended by the new ones")
                .isEmpty();
        happens(instance(), "ev=connected&mac=" + MAC + "&u=1042&cid=19");
        happens(holding, "ev=ended&mac=" + MAC + "&u=&cid=19");
        assertThat(statusOf("rita")).as("the other way round").isEmpty();
        happens(instance(), "ev=dnd_on&mac=" + MAC);
        happens(holding, "ev=dnd_off&mac=" + MAC);
        assertThat(statusOf("rita")).isEmpty();
    }

    @Test
    void aCallOutlivesThatItsPhoneIsExchangedOrItsExtensionChanges() {
        lines("{connection: desk, line: '1042', mac: " + MAC + ", agent: rita}");
        happens(holding, "ev=connected&mac=" + MAC + "&u=1042&cid=17");
        lines("{connection: desk, line: '1042', remove: true}, {connection: desk, line: '1043', mac: " + MAC
                + ", agent: rita}");
        assertThat(statusOf("rita")).contains(Status.ON_A_CALL);
        lines("{connection: desk, line: '1043', mac: " + NEW_MAC + ", agent: rita}");
        assertThat(statusOf("rita")).contains(Status.ON_A_CALL);
        happens(instance(), "ev=ended&mac=" + NEW_MAC + "&u=1043&cid=17");
        assertThat(statusOf("rita")).isEmpty();
    }

    @Test
    void whatWasTwoLinesIsOneAndTheCallsOfBothEnd() {
        lines("{connection: desk, line: '1042', agent: rita}, {connection: desk, mac: " + MAC + ", agent: rita}");
        happens(holding, "ev=connected&mac=" + MAC + "&cid=17");
        happens(holding, "ev=connected&u=1042&cid=18");
        lines("{connection: desk, line: '1042', mac: " + MAC + ", agent: rita}");
        happens(instance(), "ev=ended&mac=" + MAC + "&u=1042&cid=18");
        assertThat(statusOf("rita")).contains(Status.ON_A_CALL);
        happens(instance(), "ev=ended&mac=" + MAC + "&u=1042&cid=17");
        assertThat(statusOf("rita")).isEmpty();
    }

    @Test
    void oneOfTwoPhonesThatIsIdleEndsNothingOfTheOtherThoughTheirNamesWereExchanged() {
        lines("{connection: desk, line: '1042', mac: " + MAC + ", agent: rita}");
        lines("{connection: desk, line: '1042', remove: true}, {connection: desk, line: '1043', mac: " + MAC
                + ", agent: rita}");
        lines("{connection: desk, line: '1042', agent: rita}");
        happens(instance(), "ev=connected&u=1042&cid=17");
        happens(instance(), "ev=idle&mac=" + MAC);
        assertThat(statusOf("rita")).contains(Status.ON_A_CALL);
    }

    @Test
    void aLineThatGoesOrIsSomebodyElsesEndsItsCallsUnderAllItsNames() {
        lines("{connection: desk, mac: " + MAC + ", agent: rita}");
        happens(holding, "ev=connected&mac=" + MAC + "&u=1042&cid=17");
        lines("{connection: desk, line: '1042', mac: " + MAC + ", agent: rita}");
        lines("{connection: desk, line: '1042', agent: tom}");
        assertThat(statusOf("rita")).isEmpty();
        assertThat(world.ask("dry-run", "lines: [{connection: desk, line: '1042', agent: tom}]")
                        .changes())
                .as("and the request changes nothing again")
                .isEmpty();
    }

    /** Its phone tells nobody of their end any more. */
    @Test
    void aCallThatComesInTheVeryMillisecondInWhichItsLineLeavesEndsToo() {
        lines("{connection: desk, mac: " + MAC + ", agent: rita}");
        happens(holding, "ev=connected&mac=" + MAC + "&cid=17");
        linesAtOnce("{connection: desk, mac: " + MAC + ", remove: true}");
        assertThat(statusOf("rita")).isEmpty();
    }

    @Test
    void aCallOutlivesThatItsConnectionIsWrittenOtherwise() {
        lines("{connection: desk, line: '1042', agent: rita}");
        happens(instance(), "ev=connected&u=1042&cid=17");
        happens(instance(), "ev=dnd_on&u=1042");
        world.apply("connections: [{name: Desk, system: yealink}]");
        clock.advance(Duration.ofMinutes(2));
        happens(instance(), "ev=dnd_off&u=1042");
        assertThat(statusOf("rita")).contains(Status.ON_A_CALL);
        happens(instance(), "ev=ended&u=1042&cid=17");
        assertThat(statusOf("rita")).isEmpty();
    }

    @Test
    void aCallEndsWhoseConnectionSpeaksAnotherLanguageNow() {
        lines("{connection: desk, line: '1042', agent: rita}");
        happens(instance(), "ev=connected&u=1042&cid=17");
        clock.advance(Duration.ofSeconds(1));
        world.apply(
                "connections: [{name: desk, system: generic, secrets: [whsec_a2V5LW9mLXR3ZW50eS1mb3VyLWJ5dGVzLQ==]}]");
        takeInbox();
        assertThat(statusOf("rita")).isEmpty();
    }

    private void lines(String entries) {
        clock.advance(Duration.ofSeconds(1));
        linesAtOnce(entries);
    }

    private void linesAtOnce(String entries) {
        world.apply("lines: [" + entries + "]");
        takeInbox();
    }

    private void takeInbox() {
        world.agents.all().forEach(agent -> agent.inbox().forEach(news -> fold(agent.agentId(), news)));
    }

    private PhoneWebhook instance() {
        return new PhoneWebhook(
                new StoredConnections(world.documents, clock),
                GivenPhoneSystems.of(secret -> secret, new StandardWebhooks(clock, Duration.ofMinutes(5))),
                world.identities,
                new StoredLines(world.documents, clock),
                control,
                new ForwardingIntake((agent, news) -> news.forEach(one -> fold(agent, one))),
                (connection, what) -> {},
                GivenDeliveryLog.in(clock));
    }

    private void fold(String agent, Evidence news) {
        Situation before = situations.getOrDefault(agent, Situation.unknown());
        situations.put(agent, before.fold(((Evidence.Reported) news).signal()));
    }

    private void happens(PhoneWebhook instance, String query) {
        clock.advance(Duration.ofSeconds(3));
        String url = "k=k7Qe-rest-of-the-token-of-32-chars&" + query;
        HttpCall call = HttpCall.of("GET", "/phone/desk", url, Map.of(), Body.EMPTY, clock.instant());
        assertThat(new EdgeInMemory().answer(instance, call).status()).isEqualTo(200);
    }

    private Optional<Status> statusOf(String agent) {
        Situation situation = situations.getOrDefault(agent, Situation.unknown());
        return new Decider(Policy.DEFAULT).decide(situation, clock.instant()).status();
    }
}
