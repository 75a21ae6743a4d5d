package dev.lockstep.administration;

import static dev.lockstep.administration.ConfigurationFixture.RITA_IN_DYNAMICS;
import static dev.lockstep.administration.ConfigurationFixture.RITA_IN_TEAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.Defaults;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Configured;
import dev.lockstep.agent.Lease;
import dev.lockstep.agent.Profile;
import dev.lockstep.configured.StoredConnections;
import dev.lockstep.configured.StoredMappings;
import dev.lockstep.document.Diagnostic;
import dev.lockstep.intake.GivenRoll;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.Observation;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Decider;
import dev.lockstep.presence.Policy;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import dev.lockstep.teams.SessionSlots;
import dev.lockstep.teams.TeamsPlatform;
import dev.lockstep.teams.TeamsSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
    private static final String DESK = "connections: [{name: desk, system: yealink, tokens: [k7Qe-Vw3mXz9bTpLr2Ns]}]\n";
    private static final String KEY = "whsec_a2V5LW9mLXR3ZW50eS1mb3VyLWJ5dGVzLQ==";
    private static final String ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:desk-AbCdEf";
    private static final String RITA = "agents: [{agentId: rita, name: Rita Rep, team: priority, identities: [dynamics#"
            + RITA_IN_DYNAMICS + ", teams#" + RITA_IN_TEAMS + "]}]\n";

    private final ConfigurationFixture world = new ConfigurationFixture(true);

    private Optional<String> agentOf(String identity) {
        return world.identities.agentOf(identity);
    }

    // ---- the contract ------------------------------------------------------------------------------------------

    @Test
    void theRequestOfTheContractIsTaken() {
        JsonNode request = ConfigurationFixture.json("""
                {"action": "apply",
                 "connections": [
                   {"name": "desk", "system": "yealink", "tokens": ["k7Qe-0001"]},
                   {"name": "pbx",  "system": "generic", "secrets": ["%s", "%s"]}],
                 "lines":    [{"connection": "desk", "line": "1042", "mac": "805ec0112233", "agent": "rita@contoso.com"}],
                 "mappings": {"default": {}, "team#priority": {}},
                 "agents":   [{"agentId": "rita", "name": "Rita Rep", "team": "priority",
                               "identities": ["dynamics#%s", "teams#%s"]}]}
                """.formatted(KEY, KEY, RITA_IN_DYNAMICS, RITA_IN_TEAMS));
        JsonNode answer = ConfigurationFixture.json(world.configuration().answer(request));
        assertThat(answer.get("mistakes")).isEmpty();
        assertThat(answer.get("applied").asBoolean()).isTrue();
        assertThat(world.agent("rita").profile())
                .isEqualTo(new Profile(
                                "Rita Rep", "priority", Map.of("dynamics", RITA_IN_DYNAMICS, "teams", RITA_IN_TEAMS))
                        .with(given(true, "dynamics", "teams")));
        assertThat(agentOf("dynamics#" + RITA_IN_DYNAMICS)).contains("rita");
        assertThat(agentOf("phone#desk#1042")).contains("rita@contoso.com");
        assertThat(agentOf("phone#desk#805ec0112233")).contains("rita@contoso.com");
        assertThat(new StoredConnections(world.documents, world.clock)
                        .named("pbx")
                        .orElseThrow()
                        .secrets())
                .hasSize(2);
    }

    @Test
    void whenTheDirectoryHasFoundTheUserTheirLinesFollow() {
        world.apply(DESK + RITA
                + "lines: [{connection: desk, line: 1042, mac: '80-5E-C0-11-22-33', agent: Rita@contoso.com}]");
        Lines lines = new Lines(world.documents, world.agents, world.identities, world.clock);
        assertThat(lines.bind()).isZero();
        world.identities.put(Map.of("upn#rita@contoso.com", "rita"));
        assertThat(lines.bind()).isEqualTo(1);
        assertThat(agentOf("phone#desk#1042")).contains("rita");
        assertThat(agentOf("phone#desk#805ec0112233")).contains("rita");
        assertThat(lines.bind()).isZero();
    }

    @Test
    void everyPartIsOptional() {
        ConfigResponse.Result result = world.apply("");
        assertThat(result.changes()).isEmpty();
        assertThat(world.documents.all()).isEmpty();
    }

    @Test
    void theSameRequestAgainChangesNothing() {
        String request = DESK + RITA + "lines: [{connection: desk, line: 1042, agent: rita}]\nmappings: {default: {}}";
        assertThat(world.apply(request).changes()).hasSize(4);
        Map<String, String> documents = world.documents.all();
        AgentState rita = world.agent("rita");
        assertThat(world.apply(request).changes()).isEmpty();
        assertThat(world.documents.all()).isEqualTo(documents);
        assertThat(world.agent("rita")).isEqualTo(rita);
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "dry-run"})
    void askingChangesNothing(String action) {
        ConfigResponse.Result result = world.ask(action, DESK + RITA);
        assertThat(result.mistakes()).isEmpty();
        assertThat(result.applied()).isFalse();
        assertThat(world.documents.all()).isEmpty();
        assertThat(world.agents.load("rita")).isEmpty();
        assertThat(agentOf("dynamics#" + RITA_IN_DYNAMICS)).isEmpty();
        assertThat(result.changes()).hasSize(action.equals("validate") ? 0 : 2);
    }

    @Test
    void oneMistakeAnywhereAndNothingIsApplied() {
        world.refused(DESK + RITA + "mappings: {default: {dynamcis: {}}}");
        assertThat(world.agents.load("rita")).isEmpty();
        assertThat(agentOf("teams#" + RITA_IN_TEAMS)).isEmpty();
    }

    @Test
    void allMistakesOfAllPartsAreToldWithTheirLines() {
        List<Diagnostic> mistakes = world.refused("""
                connections:
                  - {name: desk, system: yealnk}
                lines:
                  - {connection: pbx, line: 1}
                  - {connection: desk}
                mappings:
                  team#x:
                    order: [busy]
                agents:
                  - {name: Nobody}
                colour: red
                """);
        assertThat(mistakes)
                .extracting(Diagnostic::line, Diagnostic::path)
                .contains(
                        Tuple.tuple(3, "connections[0].system"),
                        Tuple.tuple(5, "lines[0].connection"),
                        Tuple.tuple(6, "lines[1].connection"),
                        Tuple.tuple(9, "mappings.team#x.order"),
                        Tuple.tuple(11, "agents[0].agentId"),
                        Tuple.tuple(12, "colour"));
    }

    @Test
    void aDocumentHoldsTheSameAsYamlAndItsMistakesHaveLines() {
        JsonNode good = ConfigurationFixture.json(
                "{\"action\":\"apply\",\"document\":\"connections:\\n- {name: desk, system: yealink, tokens: [k7Qe-0000-0000-0000]}\\n\"}");
        assertThat(ConfigurationFixture.json(world.configuration().answer(good))
                        .get("applied")
                        .asBoolean())
                .isTrue();
        JsonNode bad = ConfigurationFixture.json(
                "{\"action\":\"validate\",\"document\":\"mappings:\\n  default:\\n    teams: {wriet: {}}\\n\"}");
        JsonNode mistake = ConfigurationFixture.json(world.configuration().answer(bad))
                .get("mistakes")
                .get(0);
        assertThat(mistake.get("scope").asText()).isEqualTo("document");
        assertThat(mistake.get("line").asInt()).isEqualTo(3);
        assertThat(mistake.get("path").asText()).isEqualTo("mappings.default.teams.wriet");
        assertThat(mistake.get("message").asText()).contains("did you mean \"write\"?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                              | action   | say what to do",
                "{action: aply}                                  | action   | did you mean \"apply\"?",
                "[]                                              | ''       | a request holds",
                "{action: apply, document: 'a: 1'}               | a        | is not known here",
                "{action: apply, document: '[a]'}                | ''       | a document holds",
                "{action: apply, document: {a: 1}}               | document | a text in YAML",
                "{action: apply, document: '', lines: []}        | lines    | stands beside document",
                "{action: apply, document: '{'}                  | ''       | no YAML",
                "{action: apply, connections: {}}                | connections | is a list",
                "{action: apply, connections: [x]}               | connections[0] | names with values",
                "{action: apply, mappings: []}                   | mappings | documents by scope",
                "{action: export, x: 1}                          | x        | is not known here",
                "{                                               | ''       | no YAML",
            })
    void requestsThatAreNone(String request, String path, String message) {
        ConfigResponse.Result result =
                (ConfigResponse.Result) world.configuration().answer(request);
        assertThat(result.applied()).isFalse();
        assertThat(result.mistakes()).anySatisfy(mistake -> {
            assertThat(mistake.path()).isEqualTo(path);
            assertThat(mistake.message()).contains(message);
        });
    }

    // ---- connections -------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{system: yealink, tokens: [a]}                                  | name      | needs a name",
                "{name: a b, system: yealink, tokens: [a]}                       | name      | stands in its URL",
                "{name: x, system: avaya}                                        | system    | is no system",
                "{name: x}                                                       | system    | say what it speaks",
                "{name: x, system: yealink}                                      | tokens    | at least one token",
                "{name: x, system: yealink, tokens: []}                          | tokens    | at least one token",
                "{name: x, system: yealink, tokens: ['']}                        | tokens[0] | blank",
                "{name: x, system: yealink, tokens: [a, b, c]}                   | tokens[2] | at most two",
                "{name: x, system: yealink, tokens: [a], secrets: [b]}           | secrets   | is not known here",
                "{name: x, system: yealink, tokens: [[a]]}                       | tokens[0] | give a text",
                "{name: x, system: generic, secrets: [plain]}                    | secrets[0]| whsec_ and the base64",
                "{name: x, system: generic, secrets: ['whsec_']}                 | secrets[0]| whsec_ and the base64",
                "{name: x, system: generic, secrets: ['whsec_!!!!']}             | secrets[0]| whsec_ and the base64",
                "{name: x, system: generic, secrets: ['arn:aws:s3:::x']}         | secrets[0]| no ARN of a Secrets Manager",
                "{name: x, system: webhook, secret: whsec_QUJD}                  | url       | url is missing",
                "{name: x, system: webhook, url: 'https://a.b/c'}                | secrets   | at least one secret",
                "{name: x, system: webhook, url: 'ftp://a', secret: whsec_QUJD}  | url       | no https URL",
                "{name: x, system: webhook, url: 'https:///', secret: whsec_QUJD}| url       | no https URL",
                "{name: x, system: webhook, url: 'https://u@a', secret: whsec_QUJD}| url     | no https URL",
                "{name: x, system: webhook, url: 'not a url', secret: whsec_QUJD}| url       | no https URL",
                "{name: x, system: webhook, url: 'https://a', secret: whsec_QUJD, secrets: [whsec_QUJD]} | secret | stands beside secrets",
                "{name: x, system: webhook, url: 'https://a', secret: whsec_QUJD, teams: ['']} | teams[0] | blank",
                "{name: x, system: yealink, tokens: [a], teams: [b]}             | teams     | is not known here",
                "{name: x, system: yealink, tokens: [a], remove: perhaps}        | remove    | true or left out",
            })
    void connectionsThatAreRefused(String connection, String field, String message) {
        assertThat(world.refused("connections: [" + connection + "]")).anySatisfy(mistake -> {
            assertThat(mistake.path()).isEqualTo("connections[0]." + field);
            assertThat(mistake.message()).contains(message);
        });
    }

    @Test
    void aConnectionNamedTwiceIsRefused() {
        assertThat(
                        world.refused(
                                "connections: [{name: x, system: yealink, tokens: [a]}, {name: X, system: yealink, tokens: [a]}]"))
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.message()).contains("twice"));
    }

    @Test
    void whatIsWeakIsTakenWithAWarning() {
        ConfigResponse.Result result = world.apply("connections: [{name: x, system: yealink, tokens: [k7Qe+1]}, "
                + "{name: y, system: generic, secrets: [whsec_QUJD, whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw]}]");
        assertThat(result.warnings())
                .extracting(Diagnostic::message)
                .satisfiesExactlyInAnyOrder(
                        message -> assertThat(message).contains("under 16 characters"),
                        message -> assertThat(message).contains("must be escaped"),
                        message -> assertThat(message).contains("3 bytes"),
                        message -> assertThat(message).contains("public documentation"));
    }

    @Test
    void anApplicationIsNoDoorIntoTheNetwork() {
        List<Diagnostic> mistakes = new ConfigurationFixture(false)
                .refused("connections: [{name: x, system: webhook, url: 'https://169.254.169.254/latest', secret: '"
                        + ARN + "'}, {name: y, system: webhook, url: 'https://localhost:9001', secret: '" + ARN
                        + "'}]");

        assertThat(mistakes).extracting(Diagnostic::path).contains("connections[0].url", "connections[1].url");
        assertThat(mistakes.getFirst().message()).contains("lockstep.config.private-networks");
    }

    @Test
    void outsideALaptopOnlyReferencesAreTaken() {
        ConfigurationFixture cloud = new ConfigurationFixture(false);
        List<Diagnostic> mistakes = cloud.refused("connections: [{name: x, system: yealink, tokens: [hunter2]}, "
                + "{name: y, system: generic, secrets: [whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw]}, "
                + "{name: z, system: webhook, url: 'http://a.b', secret: '" + ARN + "'}]");
        assertThat(mistakes)
                .extracting(Diagnostic::path)
                .containsExactly("connections[0].tokens[0]", "connections[1].secrets[0]", "connections[2].url");
        assertThat(mistakes.get(1).message()).contains("public documentation");
        assertThat(mistakes.toString()).doesNotContain("hunter2", "MfKQ9r8");
        cloud.apply("connections: [{name: x, system: yealink, tokens: ['" + ARN + "']}]");
    }

    @Test
    void aTokenIsExchangedByNamingItAlone() {
        world.apply(DESK);
        ConfigResponse.Result result =
                world.apply("connections: [{name: desk, tokens: [new-token-0000001, k7Qe-Vw3mXz9bTpLr2Ns]}]");
        assertThat(result.changes()).containsExactly(new ConfigChange("connection desk", "changed: tokens"));
        assertThat(result.toString()).doesNotContain("new-token");
        assertThat(new StoredConfiguration(world.documents.all())
                        .connections()
                        .get("desk")
                        .tokens())
                .containsExactly("new-token-0000001", "k7Qe-Vw3mXz9bTpLr2Ns");
    }

    @Test
    void aConnectionThatIsRemovedTakesItsLinesAlong() {
        world.apply(DESK + RITA + "lines: [{connection: desk, line: 1042, agent: rita}]");
        assertThat(world.refused(
                        "connections: [{name: desk, remove: true}]\nlines: [{connection: desk, line: 1, agent: rita}]"))
                .isNotEmpty();
        world.apply("connections: [{name: desk, remove: true}]");
        assertThat(world.configured()).isEmpty();
        assertThat(agentOf("phone#desk#1042")).isEmpty();
        assertThat(world.apply("connections: [{name: desk, remove: true}]").warnings())
                .hasSize(1);
    }

    // ---- lines -------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{line: 1, agent: rita}                              | connection | on which connection",
                "{connection: dsk, line: 1, agent: rita}             | connection | did you mean \"desk\"?",
                "{connection: crm, line: 1, agent: rita}             | connection | has no lines",
                "{connection: desk, agent: rita}                     |            | line, mac or both",
                "{connection: desk, line: '', agent: rita}           | line       | 1 to 256 characters",
                "{connection: desk, mac: 805ec01122, agent: rita}    | mac        | twelve hexadecimal",
                "{connection: desk, line: 1}                         | agent      | whose line it is",
                "{connection: desk, line: 1, agent: nobody}          | agent      | \"nobody\" is no agent",
                "{connection: desk, line: 1, agnt: rita}             | agnt       | did you mean \"agent\"?",
            })
    void linesThatAreRefused(String line, String field, String message) {
        world.apply(DESK + RITA);
        world.apply("connections: [{name: crm, system: webhook, url: 'https://a.b', secret: " + KEY + "}]");
        assertThat(world.refused("lines: [" + line + "]")).anySatisfy(mistake -> {
            assertThat(mistake.path()).isEqualTo("lines[0]" + (field == null ? "" : "." + field));
            assertThat(mistake.message()).contains(message);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rita",
                "RITA",
                "dynamics#" + RITA_IN_DYNAMICS,
                RITA_IN_DYNAMICS,
                RITA_IN_TEAMS,
                "upn#rita@contoso.com",
                "Rita@Contoso.com"
            })
    void aLineNamesItsAgentByAnyIdentity(String name) {
        String agents = RITA.replace("]}]", ", upn#rita@contoso.com]}]");
        world.apply(DESK + agents + "lines: [{connection: desk, line: 1, agent: '" + name + "'}]");
        world.apply("lines: [{connection: desk, line: 2, agent: '" + name + "'}]");
        assertThat(agentOf("phone#desk#1")).contains("rita");
        assertThat(agentOf("phone#desk#2")).as("of a stored agent").contains("rita");
    }

    @Test
    void theSameLineTwiceIsRefused() {
        world.apply(DESK + RITA);
        assertThat(
                        world.refused(
                                "lines: [{connection: desk, line: 1042, agent: rita}, {connection: Desk, line: ' 1042', agent: rita}]"))
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.path()).isEqualTo("lines[1]"));
    }

    @Test
    void onePhoneCannotBeTwoPeoples() {
        world.apply(DESK + RITA + "lines: [{connection: desk, line: 1, mac: 805ec0112233, agent: rita}]");
        assertThat(world.refused(
                        "lines: [{connection: desk, line: 2, mac: '80:5e:c0:11:22:33', agent: tom@contoso.com}]"))
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.message())
                        .contains("would belong to rita by line 1 and to tom@contoso.com by line 2"));
        world.apply("lines: [{connection: desk, line: 2, mac: '80:5e:c0:11:22:33', agent: rita}]");
    }

    @Test
    void aLineMayMoveLoseItsPhoneAndGo() {
        world.apply(DESK + RITA + "lines: [{connection: desk, line: 1, mac: 805ec0112233, agent: rita}]");
        assertThat(world.apply("lines: [{connection: desk, line: 1, agent: tom@contoso.com}]")
                        .warnings())
                .hasSize(1);
        assertThat(agentOf("phone#desk#1")).contains("tom@contoso.com");
        assertThat(agentOf("phone#desk#805ec0112233"))
                .as("its phone stays with it")
                .contains("tom@contoso.com");
        world.apply("lines: [{connection: desk, line: 1, mac: null}]");
        assertThat(agentOf("phone#desk#1")).contains("tom@contoso.com");
        assertThat(agentOf("phone#desk#805ec0112233")).isEmpty();
        world.apply("lines: [{connection: desk, line: 1, remove: true}]");
        assertThat(agentOf("phone#desk#1")).isEmpty();
        assertThat(world.documents.get("lines#desk")).isEmpty();
    }

    @Test
    void aPhoneKnownByItsAddressAloneGetsItsLine() {
        world.apply(DESK + RITA + "lines: [{connection: desk, mac: 805ec0112233, agent: tom@contoso.com}]");
        world.apply("lines: [{connection: desk, line: 1042, mac: 805ec0112233, agent: rita}]");
        assertThat(agentOf("phone#desk#805ec0112233")).contains("rita");
        assertThat(world.export().get("lines")).hasSize(1);
    }

    // ---- mappings ----------------------------------------------------------------------------------------------

    @Test
    void mappingsTakeEffectAndGo() {
        world.apply("mappings: {team#Priority: {dynamics: {read: {Lunch: {means: away, as: choice}}}}}");
        assertThat(new StoredMappings(GivenPlatforms.SCHEMA, world.documents, world.clock)
                        .forTeam("priority")
                        .read("dynamics", "lunch"))
                .isPresent();
        world.apply("mappings: {team#priority: {remove: true}}");
        assertThat(world.configured()).isEmpty();
        assertThat(world.apply("mappings: {team#priority: {remove: true}}").warnings())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{defualt: {}}           | mappings.defualt   | did you mean \"default\"?",
                "{'team#': {}}           | mappings.team#     | is no scope",
                "{team: {}}              | mappings.team      | give default, or team#<team>",
                "{default: [a]}          | mappings.default   | a mapping holds",
                "{team#a: {}, team#A: {}}| mappings.team#A    | twice",
                "{default: {remove: true, order: [busy]}} | mappings.default.remove | is not known here",
            })
    void mappingsThatAreRefused(String mappings, String path, String message) {
        assertThat(world.refused("mappings: " + mappings)).anySatisfy(mistake -> {
            assertThat(mistake.path()).isEqualTo(path);
            assertThat(mistake.message()).contains(message);
        });
    }

    @Test
    void aWiderDocumentThatClosesACircleWithAStoredOneIsRefused() {
        world.apply("mappings: {team#x: {dynamics: {read: {Busy: {means: away, as: choice}}}}}");
        assertThat(world.refused("mappings: {default: {dynamics: {read: {Away: {means: busy, as: choice}}}}}"))
                .singleElement()
                .satisfies(mistake -> {
                    assertThat(mistake.scope()).isEqualTo("team#x");
                    assertThat(mistake.message()).contains("feed back into itself");
                });
    }

    @Test
    void whatWasBrokenBeforeStandsInNobodysWay() {
        world.documents.put(Map.of("team#x", "{\"dynamcis\": {}}"));
        ConfigResponse.Result result = world.apply("mappings: {default: {dynamics: {read: {Lunch: ignore}}}}");
        assertThat(result.warnings()).extracting(Diagnostic::scope).containsExactly("team#x");
        world.apply("mappings: {team#x: {}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {means: busy, as: choice}     | is read as busy
            {means: beRightBack, as: fact}| is read as the fact beRightBack
            ignore                        | is ignored
            """)
    void aDryRunShowsWhoseStatusIsReadOtherwise(String reading, String after) {
        world.connected =
                () -> List.of(new TeamsPlatform(null, SessionSlots.ONE, Defaults.of(TeamsSettings.class), world.clock));
        world.apply(RITA);
        Instant now = world.clock.instant();
        AgentState rita = world.agent("rita");
        Observation away =
                new Observation("teams", now, Map.of("availability", "BeRightBack", "activity", "BeRightBack"));
        world.save(rita.with(rita.situation()
                        .fold(new Signal.Choice(
                                Source.TEAMS,
                                SourceTime.at(now),
                                Status.BE_RIGHT_BACK,
                                Optional.empty(),
                                Optional.empty())))
                .with("teams", rita.standing("teams").seeing(away)));
        ConfigChange change = world.ask(
                        "dry-run", "mappings: {default: {teams: {read: {BeRightBack/BeRightBack: " + reading + "}}}}")
                .changes()
                .getLast();
        assertThat(change.agents())
                .containsExactly(
                        new ConfigChange.Effect("rita", "Rita Rep", "", "teams", "is read as beRightBack", after));
    }

    @Test
    @DisplayName("whose pick lies beneath a call is concerned too: it comes back as it is read then")
    void aDryRunShowsWhosePickIsReadOtherwise() {
        world.connected =
                () -> List.of(new TeamsPlatform(null, SessionSlots.ONE, Defaults.of(TeamsSettings.class), world.clock));
        world.apply(RITA);
        Instant now = world.clock.instant();
        AgentState rita = world.agent("rita");
        Observation ours = new Observation("teams", now, Map.of("availability", "Busy", "activity", "InACall"));
        world.save(rita.with(rita.situation()
                        .fold(new Signal.Choice(
                                Source.TEAMS,
                                SourceTime.at(now),
                                Status.BE_RIGHT_BACK,
                                Optional.of("BeRightBack/BeRightBack"),
                                Optional.empty(),
                                Optional.empty())))
                .with("teams", rita.standing("teams").seeing(ours)));
        String request = "mappings: {default: {teams: {read: {BeRightBack/BeRightBack: {means: away, as: choice}}}}}";
        assertThat(world.ask("dry-run", request).changes().getLast().agents())
                .containsExactly(new ConfigChange.Effect(
                        "rita", "Rita Rep", "", "teams", "is read as beRightBack", "is read as away"));
    }

    @Test
    void aDryRunShowsForWhomWhatChanges() {
        world.apply(RITA + "mappings: {team#other: {}}");
        world.apply("agents: [{agentId: tom, team: other, identities: []}, {agentId: eve, team: priority}]");
        world.decided("rita", Status.ON_A_CALL);
        world.decided("tom", Status.ON_A_CALL);
        world.decided("eve", Status.BUSY);
        String request =
                "mappings: {team#priority: {dynamics: {read: {Phone: ignore}, write: {onACall: [Phone, Busy - DND]}}, "
                        + "teams: {write: {onACall: {expires: PT1H}}}}}";
        List<ConfigChange> changes = world.ask("dry-run", request).changes();
        assertThat(changes).hasSize(2);
        assertThat(changes.getLast().affected()).isEqualTo(1);
        assertThat(changes.getLast().agents())
                .containsExactly(
                        new ConfigChange.Effect(
                                "rita",
                                "Rita Rep",
                                "onACall",
                                "dynamics",
                                "On a call, else Busy - DND",
                                "Phone, else Busy - DND"),
                        new ConfigChange.Effect(
                                "rita",
                                "Rita Rep",
                                "onACall",
                                "teams",
                                "Busy/InACall (session, PT4H)",
                                "Busy/InACall (session, PT1H)"));
    }

    @Test
    void whoIsShownOtherwiseIsDueAtOnce() {
        world.apply(RITA);
        world.apply(
                "agents: [{agentId: eve, team: priority, identities: [teams#22222222-0000-0000-0000-000000000009]}]");
        world.decided("rita", Status.ON_A_CALL);
        world.decided("eve", Status.BUSY);
        world.save(
                world.agent("rita").released(Optional.of(world.clock.instant().plus(Duration.ofHours(1)))));
        world.save(world.agent("eve").released(Optional.empty()));
        world.apply("mappings: {team#priority: {teams: {write: {onACall: {expires: PT1H}}}}}");
        assertThat(GivenRoll.due(world.agents, world.clock.instant())).containsExactly("rita");
        assertThat(world.agent("rita").lookAgainAt())
                .contains(world.clock.instant().plusSeconds(90));
    }

    @Test
    void aMoveToAnotherTeamShowsWhatItChanges() {
        world.apply(RITA + "mappings: {team#other: {teams: {write: {busy: {expires: PT1H}}}}}");
        world.decided("rita", Status.BUSY);
        List<ConfigChange> changes =
                world.ask("dry-run", "agents: [{agentId: rita, team: other}]").changes();
        assertThat(changes).extracting(ConfigChange::what).containsExactly("agent rita", "agents");
        assertThat(changes.getFirst().change()).isEqualTo("changed: team \"priority\" becomes \"other\"");
        assertThat(changes.getLast().agents())
                .extracting(ConfigChange.Effect::platform)
                .containsExactly("teams");
    }

    // ---- agents ------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: x}                                            | agentId       | needs an id",
                "{agentId: a/b}                                       | agentId       | stands in URLs",
                "{agentId: a, identities: [x]}                        | identities[0] | <platform>#<id>",
                "{agentId: a, identities: ['teams#']}                 | identities[0] | <platform>#<id>",
                "{agentId: a, identities: ['phone#desk#1']}           | identities[0] | under lines",
                "{agentId: a, identities: ['slack#1']}                | identities[0] | is no platform",
                "{agentId: a, identities: ['teams#1', 'teams#2']}     | identities[1] | one identity on teams",
                "{agentId: a, role: x}                                | role          | is not known here",
            })
    void agentsThatAreRefused(String agent, String field, String message) {
        assertThat(world.refused("agents: [" + agent + "]")).anySatisfy(mistake -> {
            assertThat(mistake.path()).isEqualTo("agents[0]." + field);
            assertThat(mistake.message()).contains(message);
        });
    }

    @Test
    void anIdentityBelongsToOneAgent() {
        assertThat(world.refused(
                        "agents: [{agentId: a, identities: ['teams#1']}, {agentId: b, identities: ['Teams#1']}]"))
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.message()).contains("claimed by a too"));
        world.apply("agents: [{agentId: a, identities: ['teams#1']}]");
        assertThat(world.refused("agents: [{agentId: b, identities: ['teams#1']}]"))
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.message()).contains("belongs to the agent a"));
    }

    @Test
    void anIdentityMayMoveWhenItsAgentGivesItUpInTheSameRequest() {
        world.apply("agents: [{agentId: a, identities: ['teams#1']}]");
        world.apply("agents: [{agentId: b, identities: ['teams#1']}, {agentId: a, identities: ['teams#2']}]");
        assertThat(agentOf("teams#1")).contains("b");
        assertThat(agentOf("teams#2")).contains("a");
        world.apply("agents: [{agentId: b, remove: true}, {agentId: c, identities: ['teams#1']}]");
        assertThat(agentOf("teams#1")).contains("c");
        assertThat(world.agents.load("b")).isEmpty();
    }

    @Test
    void whatIsNotNamedOfAnAgentStays() {
        world.apply(RITA);
        world.apply("agents: [{agentId: rita, identities: [upn#rita@contoso.com]}]");
        assertThat(world.agent("rita").profile())
                .isEqualTo(new Profile(
                                "Rita Rep",
                                "priority",
                                Map.of("dynamics", RITA_IN_DYNAMICS, "teams", RITA_IN_TEAMS, "upn", "rita@contoso.com"))
                        .with(given(true, "dynamics", "teams", "upn")));
        world.apply("agents: [{agentId: rita, team: null, name: Rita R.}]");
        assertThat(world.agent("rita").profile().team()).isEmpty();
        assertThat(world.agent("rita").profile().name()).isEqualTo("Rita R.");
    }

    private static Configured given(boolean name, String... ids) {
        return new Configured(name, new TreeSet<>(List.of(ids)));
    }

    @Test
    void whatIsGivenAsItStandsIsConfiguredFromThenOn() {
        world.directoryMade("rita@contoso.com", RITA_IN_DYNAMICS, RITA_IN_TEAMS);
        String same =
                "agents: [{agentId: rita@contoso.com, name: Full Name, identities: [teams#" + RITA_IN_TEAMS + "]}]";
        assertThat(world.apply(same).changes())
                .containsExactly(new ConfigChange(
                        "agent rita@contoso.com", "changed: the directory no longer changes name and teams"));
        assertThat(world.agent("rita@contoso.com").profile().configured()).isEqualTo(given(true, "teams"));
        assertThat(world.apply(same).changes()).isEmpty();
    }

    @Test
    void aNameIsTheDirectorysAgainWhenNoneIsGiven() {
        world.apply(RITA);
        assertThat(world.apply("agents: [{agentId: rita, name: null}]").changes())
                .containsExactly(new ConfigChange("agent rita", "changed: the directory changes name again"));
        assertThat(world.agent("rita").profile().name()).isEqualTo("Rita Rep");
        assertThat(world.agent("rita").profile().configured()).isEqualTo(given(false, "dynamics", "teams"));
    }

    @Test
    void whoWasRemovedKeepsTheIdsThatWereConfigured() {
        world.apply(RITA);
        world.apply("agents: [{agentId: rita, remove: true}]");
        world.apply("agents: [{agentId: rita, team: late}]");
        assertThat(world.agent("rita").profile().configured()).isEqualTo(given(false, "dynamics", "teams"));
    }

    @Test
    void anAgentsOldIdentityIsForgotten() {
        world.apply("agents: [{agentId: a, identities: ['teams#1']}]");
        world.apply("agents: [{agentId: a, identities: ['teams#2']}]");
        assertThat(agentOf("teams#1")).isEmpty();
        assertThat(agentOf("teams#2")).contains("a");
    }

    @Test
    void anAgentMayBeNamedByTheirPrincipalNameAlone() {
        world.apply("agents: [{identities: [upn#Rita@Contoso.com], team: x}]");
        assertThat(world.agent("rita@contoso.com").profile())
                .as("the directory knows the name")
                .isEqualTo(new Profile("", "x", Map.of("upn", "rita@contoso.com")).with(given(false, "upn")));
    }

    @Test
    void anAgentOfTheDirectoryIsRemovedWithThePrincipalName() {
        AgentState made = world.directoryMade("rita@contoso.com", RITA_IN_DYNAMICS, RITA_IN_TEAMS);
        world.save(made.with(new Profile("Rita", "", Map.of("dynamics", RITA_IN_DYNAMICS, "teams", RITA_IN_TEAMS))));
        world.apply("agents: [{agentId: rita@contoso.com, remove: true}]");
        assertThat(world.agent("rita@contoso.com").profile())
                .as("the ids by which the directory would take them in again, and nothing else")
                .isEqualTo(new Profile("", "", Map.of("dynamics", RITA_IN_DYNAMICS, "teams", RITA_IN_TEAMS)).remove());
        assertThat(agentOf("dynamics#" + RITA_IN_DYNAMICS)).contains("rita@contoso.com");
        assertThat(GivenRoll.due(world.agents, world.clock.instant())).containsExactly("rita@contoso.com");
    }

    @Test
    void anAgentMadeByTheDirectoryIsTakenOverWithAllThatIsKnown() {
        world.directoryMade("rita@contoso.com", RITA_IN_DYNAMICS, RITA_IN_TEAMS);
        AgentState before = world.decided("rita@contoso.com", Status.ON_A_CALL);
        world.apply(DESK + "lines: [{connection: desk, line: 1042, agent: rita@contoso.com}]");
        ConfigResponse.Result result = world.apply(
                "agents: [{agentId: rita, team: priority, identities: [dynamics#" + RITA_IN_DYNAMICS + "]}]");
        assertThat(result.changes()).contains(new ConfigChange("agent rita", "takes over rita@contoso.com"));
        AgentState after = world.agent("rita");
        assertThat(after.decided()).isEqualTo(before.decided());
        assertThat(after.since()).isEqualTo(before.since());
        assertThat(after.profile())
                .isEqualTo(new Profile(
                                "Full Name",
                                "priority",
                                Map.of("dynamics", RITA_IN_DYNAMICS, "teams", RITA_IN_TEAMS, "upn", "rita@contoso.com"))
                        .with(given(false, "dynamics")));
        assertThat(world.agents.load("rita@contoso.com")).isEmpty();
        for (String identity : List.of(
                "dynamics#" + RITA_IN_DYNAMICS, "teams#" + RITA_IN_TEAMS, "upn#rita@contoso.com", "phone#desk#1042")) {
            assertThat(agentOf(identity)).as(identity).contains("rita");
        }
        assertThat(GivenRoll.due(world.agents, world.clock.instant())).containsExactly("rita");
    }

    @Test
    void anAgentConfiguredBeforeTheDirectoryRanTakesTheirPastFromIt() {
        world.apply("agents: [{agentId: rita, team: priority}]");
        world.directoryMade("rita@contoso.com", RITA_IN_DYNAMICS, RITA_IN_TEAMS);
        world.decided("rita@contoso.com", Status.BUSY);
        world.apply("agents: [{agentId: rita, identities: [teams#" + RITA_IN_TEAMS + "]}]");
        assertThat(world.agent("rita").decided().orElseThrow().status()).contains(Status.BUSY);
        assertThat(world.agent("rita").profile().team()).isEqualTo("priority");
        assertThat(world.agents.load("rita@contoso.com")).isEmpty();
    }

    @Test
    void onePersonIsNotSharedBetweenTwoAgentsNorTwoPeopleMadeOne() {
        world.directoryMade("rita@contoso.com", RITA_IN_DYNAMICS, RITA_IN_TEAMS);
        assertThat(world.refused("agents: [{agentId: a, identities: [dynamics#" + RITA_IN_DYNAMICS
                        + "]}, {agentId: b, identities: [teams#" + RITA_IN_TEAMS + "]}]"))
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.message()).contains("claimed by a too"));
        world.directoryMade("tom@contoso.com", "d2", "t2");
        assertThat(world.refused("agents: [{agentId: a, identities: [dynamics#" + RITA_IN_DYNAMICS + ", teams#t2]}]"))
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.message()).contains("several agents"));
    }

    @Test
    void whatIsConfiguredForATeamInWhichNobodyIsIsWarnedOf() {
        world.apply("agents: [{agentId: rita, team: Standard}]");
        ConfigResponse.Result result = world.apply("mappings: {team#standrad: {}, team#STANDARD: {}, team#late: {}}\n"
                + "agents: [{agentId: tom, team: late}]\n"
                + "connections: [{name: crm, system: webhook, url: 'https://crm.example.com', secret: whsec_"
                + "a2V5LW9mLXR3ZW50eS1mb3VyLWJ5dGVzLQ==, teams: [nosuchteam, late]}]");
        assertThat(result.applied()).isTrue();
        assertThat(result.warnings().stream().map(warning -> warning.path() + ": " + warning.message()))
                .containsExactlyInAnyOrder(
                        "mappings.team#standrad: nobody is in the team \"standrad\"; did you mean \"standard\"?",
                        "connections[0].teams[0]: nobody is in the team \"nosuchteam\";"
                                + " give agents this team, or it concerns nobody");
    }

    @Test
    void whoWasRemovedIsAnAgentAgainWhenConfiguredAgain() {
        world.apply(RITA);
        world.apply("agents: [{agentId: rita, remove: true}]");
        assertThat(world.apply(RITA).changes()).contains(new ConfigChange("agent rita", "added"));
        assertThat(world.agent("rita").isRemoved()).isFalse();
        assertThat(agentOf("teams#" + RITA_IN_TEAMS)).contains("rita");
    }

    @Test
    void anotherAgentGoesOnWithWhatIsHeldForOneWhoWasRemoved() {
        world.apply(RITA);
        world.apply("agents: [{agentId: rita, remove: true}]");
        assertThat(world.apply("agents: [{agentId: mara, identities: [teams#" + RITA_IN_TEAMS + "]}]")
                        .changes())
                .contains(new ConfigChange("agent mara", "takes over rita"));
        assertThat(world.agents.load("rita")).isEmpty();
        assertThat(agentOf("dynamics#" + RITA_IN_DYNAMICS)).contains("mara");
    }

    @Test
    void anAgentThatIsRemovedTakesTheirLinesAlong() {
        world.apply(DESK + RITA + "lines: [{connection: desk, line: 1042, agent: rita}]");
        world.apply("agents: [{agentId: rita, remove: true}]");
        assertThat(world.agent("rita").isRemoved()).isTrue();
        assertThat(agentOf("phone#desk#1042")).isEmpty();
        assertThat(world.refused("lines: [{connection: desk, line: 1042, agent: rita}]"))
                .hasSize(1);
        assertThat(world.apply("agents: [{agentId: rita, remove: true}]").warnings())
                .hasSize(1);
        assertThat(world.refused("agents: [{agentId: tom}, {agentId: tom}]")).hasSize(1);
    }

    @Test
    void anAgentIsChangedUnderTheHandsOfWhoeverHoldsTheLease() {
        world.apply(RITA);
        Lease lease = new Lease("me", world.clock.instant().plusSeconds(20));
        AgentState leased = world.save(world.agent("rita").leasedTo(lease));
        world.apply("agents: [{agentId: rita, team: other}]");
        assertThat(world.agent("rita").lease()).contains(lease);
        assertThat(world.agent("rita").version()).isEqualTo(leased.version() + 1);
    }

    // ---- export ------------------------------------------------------------------------------------------------

    @Test
    void whatIsExportedCanBeAppliedAgainWithoutAChange() {
        world.apply(
                DESK + RITA.replace("]}]", ", upn#rita@contoso.com]}]")
                        + "lines: [{connection: desk, line: 1042, mac: 805ec0112233, agent: rita@contoso.com}, {connection: desk, mac: 805ec0112244, agent: tom@contoso.com}]\n"
                        + "mappings: {default: {order: [available, away, beRightBack, busy, onACall, inAMeeting, doNotDisturb, offline]}, team#x: {}}");
        JsonNode export = world.export();
        assertThat(export.toString()).doesNotContain("k7Qe");
        assertThat(export.at("/connections/0/tokens/0").asText()).isEqualTo("(inline, not shown)");
        assertThat(export.at("/agents/0/team").asText()).isEqualTo("priority");
        ConfigResponse.Result again =
                (ConfigResponse.Result) world.configuration().answer(((ObjectNode) export).put("action", "apply"));
        assertThat(again.mistakes()).isEmpty();
        assertThat(again.changes()).isEmpty();
    }

    @Test
    void whatTheDirectoryGaveIsMarkedAndStaysTheDirectorysWhenItIsAppliedAgain() {
        world.directoryMade("rita@contoso.com", RITA_IN_DYNAMICS, RITA_IN_TEAMS);
        world.apply("agents: [{agentId: rita@contoso.com, identities: [teams#" + RITA_IN_TEAMS + "]}]");
        JsonNode export = world.export();
        assertThat(export.at("/agents/0/fromDirectory"))
                .isEqualTo(ConfigurationFixture.json("[\"name\",\"dynamics\",\"upn\"]"));

        ConfigurationFixture elsewhere = new ConfigurationFixture(true);
        for (ConfigurationFixture each : List.of(world, elsewhere)) {
            each.configuration().answer(((ObjectNode) export.deepCopy()).put("action", "apply"));
            assertThat(each.agent("rita@contoso.com").profile().configured()).isEqualTo(given(false, "teams"));
            assertThat(each.export()).isEqualTo(export);
        }
    }

    @Test
    void whatTheDirectoryIsSaidToHaveGivenIsGivenHere() {
        assertThat(world.refused("agents: [{agentId: rita, fromDirectory: [teams]}]"))
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.message()).contains("teams", "identities"));
        assertThat(world.refused("agents: [{agentId: rita, name: Rita, fromDirectory: nam}]"))
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.message()).contains("did you mean \"name\"?"));
    }

    @Test
    void whatIsExportedMakesTheSameElsewhere() {
        ConfigurationFixture cloud = new ConfigurationFixture(false);
        cloud.apply("connections: [{name: desk, system: yealink, tokens: ['" + ARN + "']}]\n" + RITA
                + "lines: [{connection: desk, line: 1042, agent: rita}]\nmappings: {default: {}}");
        JsonNode export = cloud.export();
        ConfigurationFixture elsewhere = new ConfigurationFixture(false);
        elsewhere.configuration().answer(((ObjectNode) export.deepCopy()).put("action", "apply"));
        assertThat(elsewhere.export()).isEqualTo(export);
        assertThat(elsewhere.documents.all()).isEqualTo(cloud.documents.all());
    }

    @Test
    void answersAreTheSameJsonHoweverTheyAreWritten() {
        ObjectMapper likeQuarkus = JsonMapper.builder().findAndAddModules().build();
        ConfigResponse result = world.ask("apply", DESK + "colour: red");
        assertThat(likeQuarkus.<JsonNode>valueToTree(result)).isEqualTo(ConfigurationFixture.json(result));
        assertThat(ConfigurationFixture.json(result).fieldNames())
                .toIterable()
                .containsExactly("applied", "mistakes", "warnings", "changes");
        ConfigResponse export = world.configuration().answer("action: export");
        assertThat(likeQuarkus.<JsonNode>valueToTree(export)).isEqualTo(world.export());
    }

    @Test
    void anEmptyInstallationExportsEmptyParts() {
        assertThat(world.export())
                .isEqualTo(
                        ConfigurationFixture.json("{\"connections\":[],\"lines\":[],\"mappings\":{},\"agents\":[]}"));
    }

    @Test
    void whoGetsAnotherAccountIsNotSignedInByTheFormerOne() {
        ConfigurationFixture world = new ConfigurationFixture(true);
        world.apply("agents: [{agentId: rita, identities: [dynamics#" + RITA_IN_DYNAMICS + "]}]");
        SourceTime moment = SourceTime.at(world.clock.instant());
        world.save(
                world.agent("rita").with(Situation.unknown().fold(new Signal.SignedIn(Source.DYNAMICS, moment, true))));

        world.apply("agents: [{agentId: rita, team: priority, identities: [dynamics#" + RITA_IN_DYNAMICS + "]}]");
        assertThat(world.agent("rita").situation().signIn().isKnown()).isTrue();
        world.apply("agents: [{agentId: rita, identities: [dynamics#11111111-0000-0000-0000-000000000009]}]");
        assertThat(world.agent("rita").situation()).isEqualTo(Situation.unknown());
    }

    /** The phone will tell its new owner, or nobody, of the end. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lines: [{connection: Desk, line: '1042', agent: omar}]",
                "lines: [{connection: Desk, line: '1042', remove: true}]",
                "connections: [{name: Desk, remove: true}]"
            })
    void whoseLineLeavesIsOnNoCallOfIt(String change) {
        ConfigurationFixture world = new ConfigurationFixture(true);
        world.apply("""
                connections: [{name: Desk, system: yealink, tokens: [a-long-enough-token]}]
                lines: [{connection: Desk, line: '1042', agent: rita}]
                agents: [{agentId: rita}, {agentId: omar}]
                """);
        SourceTime moment = SourceTime.at(world.clock.instant().minusSeconds(60));
        Source desk = Source.phone("Desk");
        List<Signal> before = List.of(
                new Signal.Call(desk, moment, "1042", "3", CallState.CONNECTED, true),
                new Signal.Fact(desk, moment, "dnd|1042", Status.DO_NOT_DISTURB, Optional.empty()));

        world.apply(change);

        Situation after = Situation.unknown().fold(before);
        for (Evidence news : world.agents.load("rita").orElseThrow().inbox()) {
            after = after.fold(((Evidence.Reported) news).signal());
        }
        assertThat(new Decider(Policy.DEFAULT)
                        .decide(after, world.clock.instant())
                        .status())
                .isEmpty();
    }

    @Test
    void aClientIdIsOfOneApplicationAndCanBeTakenBack() {
        String crm = "{name: crm, system: webhook, url: \"https://crm.example/p\", secret: whsec_%s, clientId: %s}";
        String id = "AAAAAAAA-0000-4000-8000-000000000001";
        ConfigurationFixture world = new ConfigurationFixture(true);

        world.apply("connections: [" + crm.formatted("a2V5LW9mLXR3ZW50eS1mb3VyLWJ5dGVzLQ==", id) + "]");
        assertThat(clientIds(world)).containsExactly(id.toLowerCase(Locale.ROOT));
        assertThat(world.refused("connections: [{name: crm, clientId: crm}]"))
                .anySatisfy(mistake -> assertThat(mistake.message()).contains("no client id"));
        assertThat(world.refused("connections: ["
                        + crm.formatted("b3RoZXItb2YtdHdlbnR5LWZvdXItYnl0ZXM=", id)
                                .replace("name: crm", "name: erp")
                        + "]"))
                .anySatisfy(mistake -> assertThat(mistake.message()).contains("has this client id too"));
        assertThat(world.refused("connections: [{name: pbx, system: generic, secrets: "
                        + "[whsec_b3RoZXItb2YtdHdlbnR5LWZvdXItYnl0ZXM=], clientId: " + id + "}]"))
                .anySatisfy(mistake -> assertThat(mistake.message()).contains("clientId"));
        world.apply("connections: [{name: crm, clientId: \"\"}]");
        assertThat(clientIds(world)).isEmpty();
    }

    private static List<String> clientIds(ConfigurationFixture world) {
        return world.export().findValuesAsText("clientId");
    }

    @Test
    void oneSecretIsOfOneConnection() {
        ConfigurationFixture world = new ConfigurationFixture(true);

        assertThat(world.refused("""
                connections:
                  - {name: pbx, system: generic, secrets: [whsec_a2V5LW9mLXR3ZW50eS1mb3VyLWJ5dGVzLQ==]}
                  - {name: other, system: generic, secrets: [whsec_a2V5LW9mLXR3ZW50eS1mb3VyLWJ5dGVzLQ==]}
                """))
                .anySatisfy(mistake -> assertThat(mistake.message()).contains("has this secret too"));
        assertThat(world.refused("""
                connections:
                  - {name: pbx, system: generic, secrets: [whsec_a2V5LW9mLXR3ZW50eS1mb3VyLWJ5dGVzLQ==]}
                  - {name: other, system: generic, secrets: ["v1,whsec_a2V5LW9mLXR3ZW50eS1mb3VyLWJ5dGVzLQ"]}
                """))
                .as("written otherwise")
                .anySatisfy(mistake -> assertThat(mistake.message()).contains("has this secret too"));
    }

    @Test
    void aSecretThatLooksLikeHexIsTakenWithAHint() {
        ConfigurationFixture world = new ConfigurationFixture(true);
        String digits = "0123456789abcdef0123456789abcdef01234567";

        assertThat(world.apply("connections: [{name: pbx, system: generic, secrets: [whsec_" + digits + "]}]")
                        .warnings())
                .singleElement()
                .satisfies(warning ->
                        assertThat(warning.message()).contains("hexadecimal").doesNotContain(digits));
    }

    /** As long as no store has a key. */
    private static final String ENDLESS = "x".repeat(3_000);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agents: [{agentId: %s}]",
                "agents: [{agentId: rita, identities: ['dynamics#%s']}]",
                "agents: [{agentId: rita, identities: ['upn#%s@contoso.com']}]",
                "agents: [{agentId: rita, team: %s}]",
                "agents: [{agentId: %s, remove: true}]",
                "lines: [{connection: desk, line: '1042', agent: %s}]",
                "lines: [{connection: desk, line: '1042', agent: '%s@contoso.com'}]",
                "lines: [{connection: %s, line: '1042', agent: rita}]",
                "lines: [{connection: desk, line: %s, agent: rita}]",
                "mappings: {'team#%s': {}}",
                "connections: [{name: %s, system: yealink, tokens: [k7Qe-Vw3mXz9bTpLr2Ns]}]"
            })
    void whatIsTooLongForAnyNameIsAMistake(String request) {
        world.apply(DESK + RITA);

        assertThat(world.refused(request.formatted(ENDLESS)))
                .allSatisfy(mistake -> assertThat(mistake.message()).isNotBlank());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agents: [{agentId: tom, remove: true}]",
                "agents: [{agentId: tom, team: x}]",
                "agents: [{agentId: ann, identities: ['upn#tom@contoso.com']}]",
                "lines: [{connection: desk, line: '2', agent: tom}]"
            })
    void anAgentWhoCannotBeReadIsNamedAndStopsNoOtherRequest(String request) {
        world.apply(DESK + RITA);
        world.apply("agents: [{agentId: tom, identities: [upn#tom@contoso.com]}]");
        world.agents.spoil("tom");

        assertThat(world.refused(request))
                .anySatisfy(mistake -> assertThat(mistake.message()).contains("tom cannot be read"));
        world.apply("agents: [{agentId: rita, team: x}]\nlines: [{connection: desk, line: '1', agent: rita}]");
        assertThat(world.export().at("/unreadable/0").asText()).isEqualTo("tom");
    }

    @Test
    void anExportConfiguresNothing() {
        world.apply(DESK + RITA);

        ConfigResponse.Result refused = (ConfigResponse.Result)
                world.configuration().answer("action: export\nlines: [{connection: desk, line: '1', agent: rita}]");
        assertThat(refused.mistakes())
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.message()).contains("configures nothing"));
        assertThat(world.export().has("unreadable")).isFalse();
    }
}
