package dev.lockstep.administration;

import static dev.lockstep.administration.ConfigurationFixture.RITA_IN_DYNAMICS;
import static dev.lockstep.administration.ConfigurationFixture.RITA_IN_TEAMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lockstep.agent.Configured;
import dev.lockstep.presence.Status;
import dev.lockstep.store.StoreFaults;
import dev.lockstep.store.StoreUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is stored and what is answered, character by character: installations and scripts rely on it. */
class ConfigurationFormTest {
    /** Of every kind of connection and line one, and an agent with a past of another id. */
    private static final String REQUEST = """
            connections:
              - {name: Desk, system: yealink, tokens: [k7Qe-Vw3mXz9bTpLr2Ns, "Ünal_0123456789ab"]}
              - {name: crm, system: webhook, url: "https://crm.example.com/hook?a=1", teams: [priority], secret: whsec_a2V5LW9mLXR3ZW50eS1mb3VyLWJ5dGVzLQ==}
              - {name: all, system: webhook, url: "https://all.example.com", secret: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:all-AbCdEf"}
            lines:
              - {connection: desk, line: 1042, mac: 80-5E-C0-11-22-33, agent: rita@contoso.com}
              - {connection: desk, mac: 805ec0112244, agent: tom@contoso.com}
              - {connection: desk, line: "sip:1043@pbx", agent: max}
            mappings:
              default: {dynamics: {write: {onACall: Busy}}}
              team#priority: {}
            agents:
              - {agentId: rita, team: priority, identities: [dynamics#%s]}
              - {agentId: max, name: "Max \\"M\\" <Ödemiş>"}
              - {agentId: gone, remove: true}
            """.formatted(RITA_IN_DYNAMICS);

    private boolean silent;
    private final ConfigurationFixture world = new ConfigurationFixture(true, new StoreFaults() {
        @Override
        public void before(String call) {
            if (silent && call.equals("identities.put")) {
                throw new StoreUnavailable(call, null);
            }
        }
    });

    private String written(ConfigResponse response) {
        try {
            return ConfigurationFixture.MAPPER.writeValueAsString(response);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static String expected(String file) throws IOException {
        try (InputStream text = ConfigurationFormTest.class.getResourceAsStream(file)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void applyWithoutFinishing() {
        world.directoryMade("rita@contoso.com", RITA_IN_DYNAMICS, RITA_IN_TEAMS);
        world.decided("rita@contoso.com", Status.ON_A_CALL);
        world.apply("agents: [{agentId: gone, identities: [teams#gone]}]");
        silent = true;
        assertThatThrownBy(() -> world.ask("apply", REQUEST)).isInstanceOf(StoreUnavailable.class);
        silent = false;
    }

    @Test
    void documentsAreStoredAsEver() throws IOException {
        applyWithoutFinishing();
        String stored = new TreeMap<>(world.documents.all())
                .entrySet().stream()
                        .map(entry -> "=== " + entry.getKey() + "\n" + entry.getValue() + "\n")
                        .collect(Collectors.joining());

        assertThat(stored).isEqualTo(expected("stored.txt"));
    }

    @Test
    void storedDocumentsAreReadAsEver() throws IOException {
        world.directoryMade("rita@contoso.com", RITA_IN_DYNAMICS, RITA_IN_TEAMS);
        Stream.of(expected("stored.txt").split("=== "))
                .filter(part -> !part.isEmpty())
                .map(part -> part.split("\n", 2))
                .forEach(part -> world.documents.put(Map.of(part[0], part[1].strip())));

        assertThat(world.apply(REQUEST.replaceAll(" +- \\{agentId: gone.*\n", ""))
                        .changes())
                .as("all of it is there already, and what was left to do is done first")
                .isEmpty();
        assertThat(world.documents.all().keySet()).noneMatch(scope -> scope.startsWith("pending#"));
        assertThat(world.agent("max").profile().name()).isEqualTo("Max \"M\" <Ödemiş>");
        assertThat(world.identities.agentOf("phone#desk#805ec0112233")).contains("rita");
    }

    /** Earlier versions did not say who gave a name and ids: then the name stays, and ids follow the directory. */
    @Test
    void whatAnEarlierVersionLeftToDoIsDone() throws IOException {
        world.directoryMade("rita@contoso.com", RITA_IN_DYNAMICS, RITA_IN_TEAMS);
        String pending = expected("stored.txt").split("=== (?=pending#)")[1].split("\n")[1];
        String scope = "pending#18d681859bd38dfb#0000";
        world.documents.put(Map.of(scope, pending.replaceAll(",\"configured\":\\{[^}]*\\}", "")));

        world.apply("");
        assertThat(world.documents.all()).isEmpty();
        assertThat(world.agent("rita").profile().name()).isEqualTo("Full Name");
        assertThat(world.agent("rita").profile().configured()).isEqualTo(Configured.NOTHING.withName(true));
    }

    @Test
    void requestsAreAnsweredAsEver() throws IOException {
        applyWithoutFinishing();
        new Lines(world.documents, world.agents, world.identities, world.clock).bind();
        List<ConfigResponse> answers = List.of(
                world.ask(
                        "dry-run",
                        "connections: [{name: desk, remove: true}, {name: x, remove: true}]\n"
                                + "mappings: {team#priority: {dynamics: {write: {onACall: Away}}}}"),
                world.ask("apply", "colour: red\nagents: [{agentId: tom, identities: [dynamics#1]}]"),
                world.configuration()
                        .answer(ConfigurationFixture.json(
                                "{\"action\": \"apply\", \"lines\": [{\"connection\": \"desk\"}]}")),
                world.configuration().answer("action: export"));

        assertThat(answers.stream().map(this::written).collect(Collectors.joining("\n", "", "\n")))
                .isEqualTo(expected("answered.txt"));
    }
}
