package dev.lockstep.store.dynamodb;

import static dev.lockstep.store.dynamodb.Attributes.bytes;
import static dev.lockstep.store.dynamodb.Attributes.exact;
import static dev.lockstep.store.dynamodb.Attributes.number;
import static dev.lockstep.store.dynamodb.Attributes.text;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.AgentView;
import dev.lockstep.agent.Profile;
import dev.lockstep.agent.Pulse;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Sight;
import dev.lockstep.presence.Status;
import dev.lockstep.store.NewerForm;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * An agent as an item of the table {@code agents}.
 *
 * <p>{@code state} is the truth as one packed text ({@link PackedText}), in the form whose number {@code form} is; {@code inbox},
 * {@code version} and {@code dueAt} stand beside it because the store itself changes them; {@code team}, {@code name},
 * {@code status}, {@code since} and {@code view} repeat what the index by team shows, in words that every version reads as
 * far as it knows them; {@code dueShard} and {@code pulse} ({@link PulseForm}) are for the index of pulses. Versions
 * before it wrote {@code dueShard} only beside {@code dueAt}, and searched by both: going back to them finds who is due.
 *
 * <p>An item without {@code form} cannot be read: no version that was released wrote one.
 *
 * <p>Appending looks at nothing of an item and changes only its inbox, version and time: news for an agent in a newer
 * form waits there for the version that can read it.
 */
final class AgentItem {
    private static final Logger LOG = Logger.getLogger(AgentItem.class);

    /**
     * An index leaves out an item whose key is missing, and refuses one that is empty. A blank is no team's name, so no
     * team shares this key.
     */
    private static final String NO_TEAM = " ";

    /** One partition takes 1000 writes a second; a shift's end of thousands must not queue up behind that. */
    private static final int SHARDS = 16;

    /** All but the key and what the index by team shows. */
    static final Set<String> UNSHOWN =
            Set.of("form", "state", "inbox", "version", "mark", "dueShard", "dueAt", "pulse");

    /** From that form on the state is packed. */
    private static final int PACKED = 2;

    private final StateJson json;
    private final PackedText packed = new PackedText();

    AgentItem(StateJson json) {
        this.json = json;
    }

    static Map<String, AttributeValue> key(String agentId) {
        return Map.of("agentId", text(agentId));
    }

    static String agentId(Map<String, AttributeValue> item) {
        return item.get("agentId").s();
    }

    static Stream<String> shards() {
        return IntStream.range(0, SHARDS).mapToObj(Integer::toHexString);
    }

    static String shardOf(String agentId) {
        return Integer.toHexString(Math.floorMod(agentId.hashCode(), SHARDS));
    }

    /** Asks the index for a team's agents, or for those without one if it is blank. */
    static QueryRequest.Builder ofTeam(String team) {
        return QueryRequest.builder()
                .indexName(Tables.TEAM)
                .keyConditionExpression("team = :team")
                .expressionAttributeValues(Map.of(":team", text(teamKey(team))));
    }

    /**
     * @param mark of the save that writes it
     * @param sights for its pulse
     */
    Map<String, AttributeValue> of(AgentState state, String mark, Map<String, Sight> sights) {
        Map<String, AttributeValue> item = new HashMap<>(key(state.agentId()));
        item.putAll(unshown(state, mark, sights));
        if (!state.isRemoved()) {
            item.putAll(shown(AgentView.expected(state)));
        }
        return item;
    }

    /** The attributes {@link #UNSHOWN}, as far as the state has them. */
    Map<String, AttributeValue> unshown(AgentState state, String mark, Map<String, Sight> sights) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("form", number(StateJson.FORM));
        item.put("state", bytes(packed.pack(json.write(state))));
        if (!state.inbox().isEmpty()) {
            item.put("inbox", inbox(state.inbox()));
        }
        item.put("version", number(state.version()));
        item.put("mark", text(mark));
        item.put("dueShard", text(shardOf(state.agentId())));
        item.put("pulse", bytes(PulseForm.write(Pulse.of(state, sights))));
        state.dueAt().ifPresent(due -> item.put("dueAt", exact(due)));
        return item;
    }

    /** Of what an index of pulses holds; of what it cannot tell, the agent's item must be asked. */
    static Pulse pulse(Map<String, AttributeValue> indexed) {
        return Attributes.bytes(indexed, "pulse")
                .flatMap(form -> PulseForm.read(agentId(indexed), Attributes.instant(indexed, "dueAt"), form))
                .orElseGet(() -> Pulse.unknown(agentId(indexed), Attributes.instant(indexed, "dueAt")));
    }

    /** Asks the index for a shard's pulses. */
    static QueryRequest.Builder pulsesOf(String shard) {
        return QueryRequest.builder()
                .indexName(Tables.PULSE)
                .keyConditionExpression("dueShard = :shard")
                .expressionAttributeValues(Map.of(":shard", text(shard)));
    }

    private static String teamKey(String team) {
        return team.isBlank() ? NO_TEAM : Profile.teamKey(team);
    }

    private Map<String, AttributeValue> shown(AgentView view) {
        Map<String, AttributeValue> shown = new HashMap<>();
        shown.put("team", text(teamKey(view.team())));
        shown.put("name", text(view.name().isEmpty() ? view.agentId() : view.name()));
        shown.put("view", bytes(packed.pack(json.writeView(ShownView.of(view)))));
        shown.put("status", text(view.status().label()));
        view.since().ifPresent(since -> shown.put("since", text(since.toString())));
        return shown;
    }

    AttributeValue inbox(List<Evidence> news) {
        return Attributes.texts(news.stream().map(json::writeNews).toList());
    }

    static boolean isMarked(Map<String, AttributeValue> item, String mark) {
        return Attributes.text(item, "mark").filter(mark::equals).isPresent();
    }

    /**
     * @throws NewerForm if it was written by a version that knows more than this one
     * @throws IllegalStateException if it cannot be understood
     */
    AgentState state(Map<String, AttributeValue> item) {
        String agentId = agentId(item);
        long form = Attributes.number(item, "form")
                .orElseThrow(() -> new IllegalStateException("an item without the number of its form"));
        if (form > StateJson.FORM) {
            throw new NewerForm(agentId, form, StateJson.FORM);
        }
        List<Evidence> inbox =
                Attributes.texts(item, "inbox").stream().map(json::readNews).toList();
        return json.read(
                agentId,
                form,
                stateText(item, form),
                inbox,
                Attributes.number(item, "version").orElseThrow(),
                Attributes.instant(item, "dueAt"));
    }

    private String stateText(Map<String, AttributeValue> item, long form) {
        Optional<String> text = form < PACKED
                ? Attributes.text(item, "state")
                : Attributes.bytes(item, "state").map(packed::unpack);
        return text.orElseThrow(() -> new IllegalStateException("an item without a state of its form"));
    }

    /**
     * For readers of many: one item that cannot be read must not hide everybody else.
     *
     * @param unreadable is told of whom it is
     */
    Stream<AgentState> readable(Map<String, AttributeValue> item, Consumer<String> unreadable) {
        try {
            return Stream.of(state(item));
        } catch (NewerForm newer) {
            LOG.warnf("left out: %s", newer.getMessage());
        } catch (RuntimeException fault) {
            LOG.errorf("agent %s is left out: %s", agentId(item), why(fault));
        }
        unreadable.accept(agentId(item));
        return Stream.empty();
    }

    /**
     * For readers of many, too.
     *
     * @param unreadable is told of whom it is not
     */
    Stream<AgentView> readableView(Map<String, AttributeValue> indexed, Consumer<String> unreadable) {
        try {
            return Stream.of(view(indexed));
        } catch (RuntimeException fault) {
            LOG.errorf("agent %s is not shown: %s", agentId(indexed), why(fault));
            unreadable.accept(agentId(indexed));
            return Stream.empty();
        }
    }

    /** Our own messages quote nothing of what is stored; others may. */
    private static String why(RuntimeException fault) {
        return fault instanceof IllegalStateException
                ? fault.getMessage()
                : fault.getClass().getName();
    }

    private AgentView view(Map<String, AttributeValue> indexed) {
        String view = Attributes.bytes(indexed, "view")
                .map(packed::unpack)
                .or(() -> Attributes.text(indexed, "view"))
                .orElse("{}");
        ShownView shown = json.readView(view);
        return new AgentView(
                agentId(indexed),
                Attributes.text(indexed, "name").orElse(""),
                shown.team(),
                Attributes.text(indexed, "status").flatMap(Status::of).orElse(Status.OFFLINE),
                Attributes.text(indexed, "since").map(Instant::parse),
                shown.details());
    }
}
