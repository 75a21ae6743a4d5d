package dev.lockstep.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.agent.RandomStates;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Ledger;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Reason;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StateJsonTest {
    private static final long SEED = Long.getLong("lockstep.test.seed", 20261101);

    /** Their keys are data, so nothing can be added to them that would not be understood. */
    private static final Set<String> MAPS =
            Set.of("externalIds", "standings", "ended", "known", "lines", "withdrawals", "held", "shown");

    private final StateJson json = new StateJson();
    private final ObjectMapper plain = new ObjectMapper();

    @Test
    void anyStateComesBackAsItWas() {
        states(200)
                .forEach(state -> assertThat(throughText(state, json.write(state)))
                        .as("seed %d, %s", SEED, json.write(state))
                        .isEqualTo(state));
    }

    @Test
    void theRandomStatesHoldEveryKindOfNewsSignalAndReason() {
        List<AgentState> states = states(200).toList();
        List<Evidence> news =
                states.stream().flatMap(state -> state.inbox().stream()).toList();
        assertThat(kinds(news)).containsExactlyInAnyOrder(Evidence.class.getPermittedSubclasses());
        assertThat(kinds(news.stream()
                        .filter(Evidence.Reported.class::isInstance)
                        .map(told -> ((Evidence.Reported) told).signal())
                        .toList()))
                .containsExactlyInAnyOrder(Signal.class.getPermittedSubclasses());
        assertThat(states.stream()
                        .flatMap(state -> state.decided().stream())
                        .flatMap(decision -> decision.because().stream())
                        .map(Reason::kind))
                .contains(Reason.Kind.values());
    }

    @Test
    void whatTheNextVersionAddsIsLeftOut() {
        states(50)
                .forEach(state -> assertThat(throughText(state, withAdditions(json.write(state))))
                        .as("seed %d", SEED)
                        .isEqualTo(state));
        new RandomStates(new SplittableRandom(SEED))
                .state("x")
                .inbox()
                .forEach(news -> assertThat(json.readNews(withAdditions(json.writeNews(news))))
                        .isEqualTo(news));
    }

    @Test
    void whatAnEarlierVersionDidNotWriteCountsAsEmpty() {
        AgentState read = json.read("ada", StateJson.FORM, """
                {"profile":{"name":"Ada","team":""},"situation":{},"standings":{"teams":
                  {"condition":"IN_SYNC","message":"as it should be"}}}
                """, List.of(), 7, Optional.empty());
        assertThat(read.profile().externalIds()).isEmpty();
        assertThat(read.situation()).isEqualTo(Situation.unknown());
        Standing standing = read.standing("teams");
        assertThat(standing.ledger()).isEqualTo(Ledger.EMPTY);
        assertThat(standing.wanted()).isEmpty();
        assertThat(read.lease()).isEmpty();
        assertThat(read.decided()).isEmpty();
    }

    @Test
    void newsIsReadableForPeople() {
        Evidence news = new Evidence.Reported(new Signal.SignedOut(
                Source.DYNAMICS,
                SourceTime.at(Instant.parse("2026-11-22T08:00:00Z"), "17"),
                Instant.parse("2026-11-22T08:02:45.5Z")));
        assertThat(json.writeNews(news))
                .isEqualTo("{\"kind\":\"told\",\"signal\":{\"kind\":\"signed-out\",\"source\":\"dynamics\","
                        + "\"moment\":{\"at\":\"2026-11-22T08:00:00Z\",\"sequence\":\"17\"},"
                        + "\"effective\":\"2026-11-22T08:02:45.500Z\"}}");
    }

    @Test
    void anAgentOfWhomNothingIsKnownTakesLittleRoom() {
        AgentState state = AgentState.of("ada", new Profile("Ada", "", new TreeMap<>()));
        assertThat(json.write(state)).isEqualTo("{\"profile\":{\"name\":\"Ada\",\"team\":\"\"},\"situation\":{}}");
    }

    /** DynamoDB takes no item beyond 400 KB, and every event of an agent would be refused for ever. */
    @Test
    void whoeverInventsCallsOrSourcesFillsNoItem() {
        Situation crowded = Situation.unknown();
        Instant now = Instant.parse("2026-11-22T08:00:00Z");
        for (int i = 0; i < 2_000; i++) {
            SourceTime moment = SourceTime.at(now.plusSeconds(i));
            Source phone = Source.phone("desk");
            Source application = Source.application(UUID.nameUUIDFromBytes(new byte[] {(byte) i, (byte) (i >> 8)})
                    .toString());
            crowded = crowded.fold(List.of(
                            new Signal.Call(phone, moment, "1042", application.name(), CallState.CONNECTED, false),
                            new Signal.Fact(application, moment, application.name(), Status.BUSY, Optional.empty()),
                            new Signal.Choice(application, moment, Status.BUSY, Optional.empty(), Optional.empty()),
                            new Signal.ChoiceWithdrawn(application, moment)))
                    .forgetting(moment.at());
        }
        AgentState state =
                AgentState.of("ada", new Profile("Ada", "", new TreeMap<>())).with(crowded);

        assertThat(new PackedText().pack(json.write(state)).length).isLessThan(32 * 1024);
    }

    @Test
    void whatCannotBeUnderstoodIsRefused() {
        assertThatThrownBy(() -> json.readNews("{\"kind\":\"whispered\"}")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> json.readNews("{")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aFailureNamesNoPhoneLine() {
        String text = "{\"situation\":{\"calls\":{\"known\":"
                + "{\"phone:desk|+49301234567|1\":{\"line\":[\"+49301234567\"]}}}}}";
        assertThatThrownBy(() -> json.read("ada", StateJson.FORM, text, List.of(), 1, Optional.empty()))
                .isInstanceOf(IllegalStateException.class)
                .hasNoCause()
                .hasMessageContaining("at character")
                .hasMessageNotContaining("4930");
    }

    @Test
    void everyStoredTypeIsKeptInANativeImage() {
        Set<Class<?>> stored = new LinkedHashSet<>();
        Stream.of(StateJson.Remembered.class, Evidence.class, ShownView.class).forEach(type -> collect(type, stored));
        Set<Class<?>> kept = new HashSet<>(Arrays.asList(
                StoredForm.class.getAnnotation(RegisterForReflection.class).targets()));
        assertThat(kept).containsAll(stored).contains(StateJson.ByKind.class, StateJson.AsItsName.class);
    }

    private static void collect(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(each -> collect(each, found));
        }
        if (!(type instanceof Class<?> plain) || !plain.getName().startsWith("dev.lockstep.") || !found.add(plain)) {
            return;
        }
        if (plain.isSealed()) {
            Arrays.stream(plain.getPermittedSubclasses()).forEach(each -> collect(each, found));
        }
        if (plain.isRecord()) {
            Arrays.stream(plain.getRecordComponents())
                    .map(RecordComponent::getGenericType)
                    .forEach(each -> collect(each, found));
        }
    }

    private AgentState throughText(AgentState state, String text) {
        List<Evidence> inbox = state.inbox().stream()
                .map(news -> json.readNews(json.writeNews(news)))
                .toList();
        return json.read(state.agentId(), StateJson.FORM, text, inbox, state.version(), state.dueAt());
    }

    private static Stream<AgentState> states(int count) {
        RandomStates random = new RandomStates(new SplittableRandom(SEED));
        return IntStream.range(0, count).mapToObj(i -> random.state("agent-" + i));
    }

    private static Set<Class<?>> kinds(List<?> all) {
        return all.stream().map(Object::getClass).collect(Collectors.toSet());
    }

    private String withAdditions(String text) {
        try {
            JsonNode tree = plain.readTree(text);
            add("", tree);
            return plain.writeValueAsString(tree);
        } catch (JsonProcessingException broken) {
            throw new AssertionError(broken);
        }
    }

    private void add(String name, JsonNode node) {
        node.properties().forEach(field -> add(field.getKey(), field.getValue()));
        if (node instanceof ArrayNode list) {
            list.forEach(each -> add("", each));
        }
        if (node instanceof ObjectNode object && !MAPS.contains(name)) {
            object.putObject("addedLater")
                    .put("kind", "unheard of")
                    .putArray("of")
                    .add(1);
        }
    }
}
