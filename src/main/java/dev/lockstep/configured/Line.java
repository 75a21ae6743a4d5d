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
 * @param line as {@link LineName#of} writes it
 * @param mac twelve hexadecimal digits
 * @param agent as the administrator named them
 * @param agentId whom that means at present
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@RegisterForReflection
public record Line(Optional<String> line, Optional<String> mac, String agent, String agentId) {
    /** What tells it from the connection's other lines. */
    public String key() {
        return line.or(() -> mac).orElse("");
    }

    /** Under which names its events come. */
    public Stream<String> names() {
        return Stream.concat(line.stream(), mac.stream()).distinct();
    }

    public Stream<String> identities(String connection) {
        return names().map(name -> Identities.line(connection, name));
    }

    public Line boundTo(String nextId) {
        return new Line(line, mac, agent, nextId);
    }

    public static String write(List<Line> lines) {
        return lines.isEmpty() ? "" : StoredJson.text(lines);
    }

    /** What cannot be read is left out: somebody changed it by hand. */
    public static List<Line> read(String text) {
        return StoredJson.readEach(text, Line.class).stream()
                .filter(line -> !line.key().isEmpty() && !line.agentId().isBlank())
                .toList();
    }
}
