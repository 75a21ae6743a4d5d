package dev.lockstep.administration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.lockstep.Defaults;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.concurrent.SettableClock;
import dev.lockstep.configured.ConfigSettings;
import dev.lockstep.configured.ConnectionSystem;
import dev.lockstep.configured.DocumentScopes;
import dev.lockstep.document.Diagnostic;
import dev.lockstep.phone.GivenPhoneSystems;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.platform.Platforms;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.Status;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.InMemoryDocuments;
import dev.lockstep.store.InMemoryIdentities;
import dev.lockstep.store.StoreFaults;
import dev.lockstep.webhook.OutgoingWebhook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A configuration over stores in memory, as on a laptop unless said otherwise. */
public final class ConfigurationFixture {
    static final String RITA_IN_DYNAMICS = "11111111-0000-0000-0000-000000000001";
    static final String RITA_IN_TEAMS = "22222222-0000-0000-0000-000000000001";

    /** With what Quarkus' own mapper has. */
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    public final InMemoryDocuments documents;
    public final InMemoryIdentities identities;
    public final InMemoryAgentStore agents;
    public final InMemoryControl control;
    public final SettableClock clock = new SettableClock();
    final boolean inlineAllowed;
    Platforms connected = List::of;

    public ConfigurationFixture(boolean inlineAllowed) {
        this(inlineAllowed, StoreFaults.NONE);
    }

    public ConfigurationFixture(boolean inlineAllowed, StoreFaults faults) {
        this.inlineAllowed = inlineAllowed;
        documents = new InMemoryDocuments(faults);
        identities = new InMemoryIdentities(faults);
        agents = new InMemoryAgentStore(faults);
        control = new InMemoryControl(clock);
    }

    public Configuration configuration() {
        return configuration(GivenPlatforms.CATALOGUE, systems());
    }

    public List<ConnectionSystem> systems() {
        List<ConnectionSystem> systems = new ArrayList<>(GivenPhoneSystems.all());
        systems.add(new OutgoingWebhook());
        return systems;
    }

    public ConfigSettings settings() {
        return Defaults.of(
                ConfigSettings.class, Map.of("lockstep.config.inline-secrets", String.valueOf(inlineAllowed)));
    }

    Configuration configuration(PlatformCatalogue platforms, List<ConnectionSystem> systems) {
        return new Configuration(
                documents, identities, agents, control, platforms, connected, systems, settings(), clock);
    }

    /** A request in YAML without its action. */
    ConfigResponse.Result ask(String action, String yaml) {
        return (ConfigResponse.Result) configuration().answer("action: " + action + "\n" + yaml);
    }

    public ConfigResponse.Result apply(String yaml) {
        ConfigResponse.Result result = ask("apply", yaml);
        assertThat(result.mistakes()).isEmpty();
        assertThat(result.applied()).isTrue();
        return result;
    }

    /** The mistakes of a request that must change nothing. */
    List<Diagnostic> refused(String yaml) {
        Map<String, String> before = documents.all();
        ConfigResponse.Result result = ask("apply", yaml);
        assertThat(result.applied()).isFalse();
        assertThat(result.changes()).isEmpty();
        assertThat(result.mistakes()).isNotEmpty();
        assertThat(documents.all()).isEqualTo(before);
        return result.mistakes();
    }

    JsonNode export() {
        return json(configuration().answer("action: export"));
    }

    /** As {@code config} answers. */
    static JsonNode json(ConfigResponse response) {
        return MAPPER.valueToTree(response);
    }

    /** As the directory makes them. */
    public AgentState directoryMade(String upn, String dynamics, String teams) {
        Profile profile = new Profile("Full Name", "", Map.of("dynamics", dynamics, "teams", teams, "upn", upn));
        AgentState state = save(AgentState.of(upn, profile));
        identities.put(Map.of("dynamics#" + dynamics, upn, "teams#" + teams, upn, "upn#" + upn, upn));
        return state;
    }

    public AgentState save(AgentState state) {
        try {
            return agents.save(state);
        } catch (AgentStore.Conflict faster) {
            throw new IllegalStateException(faster);
        }
    }

    public AgentState decided(String agentId, Status status) {
        Decision decision =
                new Decision(Optional.of(status), Optional.empty(), Optional.empty(), List.of(), Optional.empty());
        return save(agent(agentId).deciding(decision, clock.instant()));
    }

    /** Without the history of what was applied. */
    Map<String, String> configured() {
        Map<String, String> configured = new TreeMap<>(documents.all());
        configured
                .keySet()
                .removeIf(scope -> scope.startsWith(DocumentScopes.HISTORY) || scope.startsWith(DocumentScopes.FORMER));
        return configured;
    }

    public AgentState agent(String agentId) {
        return agents.load(agentId).orElseThrow();
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
