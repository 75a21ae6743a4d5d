package dev.lockstep.store.dynamodb;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Configured;
import dev.lockstep.agent.Coordination;
import dev.lockstep.agent.LatestDecision;
import dev.lockstep.agent.Lease;
import dev.lockstep.agent.Profile;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Calls;
import dev.lockstep.presence.KnownCall;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An agent's state as text, and back.
 *
 * <p>The text has a form, and the item holds its number. Whatever changes the text of a state that could be written
 * before, or adds a part or a constant to it, is a new form: raise {@link #FORM}, keep a reader for the older ones, and
 * freeze samples of the new one among the tests' resources. A reader that meets a newer form than its own leaves the
 * item alone. While a new version is rolled out, the older one answers 503 for the agents that the newer one has
 * written; where that is too much, one version learns to read the new form before the next one writes it.
 *
 * <p>News in an inbox has no number of its own, because it is appended without a look at the item: every version reads
 * all kinds of news that were ever written, and a new kind must be understood by one version before the next one writes
 * it.
 *
 * <p>What a text holds and the reader does not know is left out, and what is missing counts as empty.
 */
final class StateJson {
    /** The form in which this version writes, the newest that it reads. */
    static final int FORM = 3;

    /** From that form on calls stand under digests, and ended ones apart. */
    private static final int DIGESTED_KEYS = 2;

    /** From that form on it is told who gave a name and ids. */
    private static final int TELLS_CONFIGURED = 3;

    private final ObjectMapper mapper;

    StateJson() {
        JsonMapper.Builder builder = JsonMapper.builder()
                .addModules(new Jdk8Module(), new JavaTimeModule(), new EmptyParts())
                .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
                .addMixIn(Profile.class, OnlyIfRemoved.class)
                .addMixIn(Configured.class, OnlyIfNamed.class)
                .addMixIn(Source.class, AsItsName.class)
                .addMixIn(Evidence.class, ByKind.class)
                .addMixIn(Signal.class, ByKind.class);
        Stream.of(List.class, Set.class, SortedSet.class, Map.class, SortedMap.class)
                .forEach(type -> leaveOutEmpty(builder, type));
        builder.registerSubtypes(kinds());
        mapper = builder.build();
    }

    private static void leaveOutEmpty(JsonMapper.Builder builder, Class<?> type) {
        builder.withConfigOverride(
                type,
                override -> override.setInclude(
                                JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
                        .setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)));
    }

    /** The names stand in stored items: they may be added to, never changed. */
    private static NamedType[] kinds() {
        return new NamedType[] {
            new NamedType(Evidence.Reported.class, "told"),
            new NamedType(Evidence.Observed.class, "seen"),
            new NamedType(Signal.Call.class, "call"),
            new NamedType(Signal.Calls.class, "calls"),
            new NamedType(Signal.Fact.class, "fact"),
            new NamedType(Signal.FactEnded.class, "fact-ended"),
            new NamedType(Signal.Choice.class, "choice"),
            new NamedType(Signal.ChoiceWithdrawn.class, "choice-withdrawn"),
            new NamedType(Signal.SignedIn.class, "signed-in"),
            new NamedType(Signal.SignedOut.class, "signed-out"),
            new NamedType(Signal.Shifts.class, "shifts")
        };
    }

    String write(AgentState state) {
        return text(Remembered.class, Remembered.of(state));
    }

    /**
     * The state with the parts that stand beside the text, because the store itself changes them.
     *
     * @throws IllegalStateException if it cannot be understood
     */
    AgentState read(
            String agentId, long form, String text, List<Evidence> inbox, long version, Optional<Instant> dueAt) {
        Remembered remembered = value(Remembered.class, text);
        Situation situation = form < DIGESTED_KEYS
                ? remembered.situation().with(remembered.situation().calls().digestingKeys())
                : remembered.situation();
        Profile profile = form < TELLS_CONFIGURED ? keepingItsName(remembered.profile()) : remembered.profile();
        return remembered
                .asState(
                        agentId,
                        situation,
                        new Coordination(inbox, version, remembered.lease(), dueAt, remembered.lookAgainAt()))
                .with(profile);
    }

    /** Formerly a name once known was never replaced, whoever had given it. */
    private static Profile keepingItsName(Profile profile) {
        return profile.with(profile.configured().withName(!profile.name().isBlank()));
    }

    String writeNews(Evidence news) {
        return text(Evidence.class, news);
    }

    Evidence readNews(String text) {
        return value(Evidence.class, text);
    }

    String writeView(ShownView view) {
        return text(ShownView.class, view);
    }

    ShownView readView(String text) {
        return value(ShownView.class, text);
    }

    private String text(Class<?> type, Object value) {
        try {
            return mapper.writerFor(type).writeValueAsString(value);
        } catch (JsonProcessingException unwritable) {
            throw failure("write", type, unwritable);
        }
    }

    private <T> T value(Class<T> type, String text) {
        try {
            return mapper.readValue(text, type);
        } catch (JsonProcessingException unreadable) {
            throw failure("read", type, unreadable);
        }
    }

    /** Says where, and no more: Jackson's own message quotes keys and values, and lines' numbers are among them. */
    private static IllegalStateException failure(String what, Class<?> type, JsonProcessingException failure) {
        JsonLocation at = failure.getLocation();
        String where = at == null ? "" : " at character " + at.getCharOffset();
        return new IllegalStateException("cannot " + what + " a stored " + type.getSimpleName() + where + ": "
                + failure.getClass().getSimpleName());
    }

    /**
     * What the text holds.
     *
     * @param ended of the calls those that have ended, by key
     */
    record Remembered(
            Profile profile,
            Situation situation,
            SortedMap<String, EndedCall> ended,
            SortedMap<String, Standing> standings,
            Optional<LatestDecision> latest,
            Optional<Lease> lease,
            Optional<Instant> lookAgainAt) {

        static Remembered of(AgentState state) {
            Calls calls = state.situation().calls();
            SortedMap<String, KnownCall> others = new TreeMap<>(calls.known());
            SortedMap<String, EndedCall> ended = new TreeMap<>();
            calls.known().forEach((key, call) -> EndedCall.of(call).ifPresent(end -> ended.put(key, end)));
            others.keySet().removeAll(ended.keySet());
            return new Remembered(
                    state.profile(),
                    state.situation().with(new Calls(others, calls.lines())),
                    ended,
                    state.standings(),
                    state.latest(),
                    state.lease(),
                    state.lookAgainAt());
        }

        AgentState asState(String agentId, Situation of, Coordination coordination) {
            SortedMap<String, KnownCall> all = new TreeMap<>(of.calls().known());
            ended.forEach((key, end) -> all.put(key, end.call()));
            Situation whole = of.with(new Calls(all, of.calls().lines()));
            return new AgentState(agentId, profile, whole, standings, latest, coordination);
        }
    }

    /**
     * All that is kept of an ended call; there may be many, so it stands there as a list of its parts.
     *
     * @param told how much later its source says that it ended
     * @param received how much later that came
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record EndedCall(
            Source source,
            boolean weakId,
            Instant at,
            Optional<String> sequence,
            Optional<String> sequencer,
            Optional<Duration> told,
            Optional<Duration> received) {

        static Optional<EndedCall> of(KnownCall call) {
            return call.state() == CallState.ENDED
                    ? Optional.of(of(call.source(), call.weakId(), call.moment()))
                    : Optional.empty();
        }

        private static EndedCall of(Source source, boolean weakId, SourceTime end) {
            return new EndedCall(
                    source,
                    weakId,
                    end.at(),
                    end.sequence(),
                    end.sequencer(),
                    end.told().map(time -> Duration.between(end.at(), time)),
                    end.receivedAt().map(time -> Duration.between(end.at(), time)));
        }

        KnownCall call() {
            SourceTime end = new SourceTime(at, sequence, sequencer, told.map(at::plus), received.map(at::plus));
            return KnownCall.ended(source, end, weakId);
        }
    }

    /** A sealed interface's alternatives, told apart by a readable name. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    interface ByKind {}

    /** Hardly anybody is removed: what is not so takes no room. */
    abstract static class OnlyIfRemoved {
        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        abstract boolean removed();
    }

    /** Few names are configured. */
    abstract static class OnlyIfNamed {
        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        abstract boolean name();
    }

    /** A source is nothing but its name, and stands in most parts of an item. */
    abstract static class AsItsName {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        AsItsName(String name) {}

        @JsonValue
        abstract String name();
    }
}
