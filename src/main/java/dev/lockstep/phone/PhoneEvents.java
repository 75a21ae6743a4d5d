package dev.lockstep.phone;

import dev.lockstep.agent.Control;
import dev.lockstep.agent.Identities;
import dev.lockstep.agent.LastHeard;
import dev.lockstep.agent.StoreUnavailable;
import dev.lockstep.platform.Connection;
import dev.lockstep.platform.Connections;
import dev.lockstep.platform.News;
import dev.lockstep.platform.Secrets;
import dev.lockstep.platform.http.HttpAnswer;
import dev.lockstep.platform.http.HttpCall;
import dev.lockstep.platform.http.Refusal;
import dev.lockstep.platform.http.Refused;
import dev.lockstep.platform.signature.StandardWebhooks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes what phone systems tell: from the raw call to news for an agent.
 *
 * <p>An event that was authenticated and understood is answered with 2xx as soon as it is recorded. One for a line or
 * of a kind that nobody is configured for is answered with 2xx too, or some systems would stop calling (RingCentral
 * suspends a subscription for good); it is counted, so that the administrator sees it.
 */
public final class PhoneEvents {
    private final Connections connections;
    private final Map<String, PhoneSystem> systems;
    private final Identities identities;
    private final UnknownNews unknown;
    private final LastHeard heard;
    private final BiConsumer<String, List<News>> recorder;

    /**
     * @param signatures with the tolerance for a message's age
     * @param recorder makes news of an agent durable, or throws {@link StoreUnavailable}
     */
    public PhoneEvents(
            Connections connections,
            Secrets secrets,
            StandardWebhooks signatures,
            Identities identities,
            Control control,
            BiConsumer<String, List<News>> recorder) {
        this.connections = connections;
        this.systems = Stream.of(new Yealink(secrets), new Generic(secrets, signatures))
                .collect(Collectors.toUnmodifiableMap(PhoneSystem::system, Function.identity()));
        this.identities = identities;
        this.unknown = new UnknownNews(control);
        this.heard = new LastHeard(control, "phone");
        this.recorder = recorder;
    }

    /**
     * What came of a call.
     *
     * @param recorded by agent, what was handed to the recorder
     * @param unknown lines and kinds of event that were counted instead, as far as they may be shown
     * @param refusal why it was not taken
     */
    public record Handled(
            HttpAnswer answer, Map<String, List<News>> recorded, List<String> unknown, Optional<Refusal> refusal) {
        public Handled {
            recorded = Map.copyOf(recorded);
            unknown = List.copyOf(unknown);
        }

        private static Handled answered(HttpAnswer answer) {
            return new Handled(answer, Map.of(), List.of(), Optional.empty());
        }

        private static Handled refused(Refused why) {
            return new Handled(why.answer(), Map.of(), List.of(), Optional.of(why.refusal()));
        }
    }

    /**
     * Handles one call to {@code /phone/{connection}}. What is wrong with it becomes an answer, never an exception.
     */
    public Handled handle(String connectionName, HttpCall call) {
        try {
            Connection connection = connections.named(connectionName).orElseThrow(PhoneEvents::unknownConnection);
            PhoneSystem system =
                    Optional.ofNullable(systems.get(connection.system())).orElseThrow(PhoneEvents::unknownConnection);
            if (call.isTooLarge()) {
                throw new Refused(Refusal.TOO_LARGE, "larger than 256 KB");
            }
            return system.handshake(call, connection)
                    .map(Handled::answered)
                    .orElseGet(() -> event(system, connection, call));
        } catch (Refused refused) {
            return Handled.refused(refused);
        } catch (StoreUnavailable e) {
            return Handled.refused(new Refused(Refusal.UNAVAILABLE, "not recorded; please send it again"));
        }
    }

    private static Refused unknownConnection() {
        return new Refused(Refusal.UNKNOWN, "there is no such connection");
    }

    private Handled event(PhoneSystem system, Connection connection, HttpCall call) {
        system.authenticate(call, connection);
        Map<String, List<News>> told = new LinkedHashMap<>();
        List<String> counted = new ArrayList<>();
        for (LineNews news : system.translate(call, connection)) {
            switch (news) {
                case LineNews.Said said ->
                    agentOf(connection, said)
                            .ifPresentOrElse(
                                    agent -> tell(told, agent, said),
                                    () -> counted.add(countLine(connection, said, call)));
                case LineNews.NotUnderstood other -> counted.add(countKind(connection, other, call));
            }
        }
        told.forEach(recorder);
        heard.at(call.receivedAt());
        return new Handled(HttpAnswer.ok(), told, counted, Optional.empty());
    }

    private Optional<String> agentOf(Connection connection, LineNews.Said said) {
        return said.lines().stream()
                .flatMap(line -> identities.agentOf(Identities.line(connection.name(), line)).stream())
                .findFirst();
    }

    private static void tell(Map<String, List<News>> told, String agent, LineNews.Said said) {
        List<News> news = said.signals().stream().<News>map(News.Told::new).toList();
        if (!news.isEmpty()) {
            told.merge(
                    agent,
                    news,
                    (one, other) -> Stream.concat(one.stream(), other.stream()).toList());
        }
    }

    private String countLine(Connection connection, LineNews.Said said, HttpCall call) {
        String line = said.lines().stream().findFirst().orElse("");
        return unknown.count(UnknownNews.Kind.LINE, connection.name(), line, call.receivedAt());
    }

    private String countKind(Connection connection, LineNews.NotUnderstood other, HttpCall call) {
        return unknown.count(UnknownNews.Kind.EVENT, connection.name(), other.kind(), call.receivedAt());
    }
}
