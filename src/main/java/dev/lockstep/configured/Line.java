package dev.lockstep.configured;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lockstep.store.Identities;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A phone's line or the phone itself, and whose it is. It is stored as JSON of the same names.
 *
 * <p>What a phone tells stands under a key. While a call is up its names may be configured otherwise, and other instances
 * know the old ones for a while; so the key stays what it was.
 *
 * @param line as {@link LineName#of} writes it
 * @param mac twelve hexadecimal digits
 * @param agent as the administrator named them
 * @param agentId whom that means at present
 * @param kept under which keys what it tells stands, where that is not its name; several where it was several lines
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@RegisterForReflection
public record Line(
        Optional<String> line,
        Optional<String> mac,
        String agent,
        String agentId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> kept) {
    public Line {
        kept = List.copyOf(kept);
    }

    public Line(Optional<String> line, Optional<String> mac, String agent, String agentId) {
        this(line, mac, agent, agentId, List.of());
    }

    /** What tells it from the connection's other lines in a request. */
    public String name() {
        return line.or(() -> mac).orElse("");
    }

    /** Under which keys what it tells stands: what is new under the first, what ends under all of them. */
    public List<String> keys() {
        return kept.isEmpty() ? List.of(name()) : kept;
    }

    /** Under which names its events come. */
    public Stream<String> names() {
        return Stream.concat(line.stream(), mac.stream()).distinct();
    }

    public Stream<String> identities(String connection) {
        return names().map(name -> Identities.line(connection, name));
    }

    public Line boundTo(String nextId) {
        return new Line(line, mac, agent, nextId, kept);
    }

    public Line keptUnder(List<String> keys) {
        return new Line(line, mac, agent, agentId, keys.equals(List.of(name())) ? List.of() : keys);
    }

    public static String write(List<Line> lines) {
        return lines.isEmpty() ? "" : StoredJson.text(lines);
    }

    /** What cannot be read is left out: somebody changed it by hand. */
    public static List<Line> read(String text) {
        return StoredJson.readEach(text, Line.class).stream()
                .filter(line -> !line.name().isEmpty() && !line.agentId().isBlank())
                .toList();
    }
}
