package dev.lockstep.configured;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A phone system that calls us, or an application that we call. It is stored as JSON of the same names, without what is
 * empty.
 *
 * @param name as in its routes: {@code /phone/{name}}
 * @param system what it speaks: {@code yealink}, {@code generic}, {@code webhook}
 * @param tokens accepted in URLs, two during a rotation; references to stored secrets or, on a laptop, the values
 * @param secrets signing keys, likewise; the first one signs what we send
 * @param url where we send to
 * @param teams whose agents the application is told of; empty for everybody
 * @param clientId the application's own id in Entra: with its token it speaks in the connection's name
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@RegisterForReflection
public record Connection(
        String name,
        String system,
        List<String> tokens,
        List<String> secrets,
        Optional<URI> url,
        List<String> teams,
        Optional<String> clientId) {
    public Connection {
        tokens = List.copyOf(tokens);
        secrets = List.copyOf(secrets);
        teams = List.copyOf(teams);
    }

    /** One that asks nothing of us. */
    public Connection(
            String name,
            String system,
            List<String> tokens,
            List<String> secrets,
            Optional<URI> url,
            List<String> teams) {
        this(name, system, tokens, secrets, url, teams, Optional.empty());
    }

    /** Empty if it is none: somebody changed it by hand. */
    public static Optional<Connection> read(String text) {
        return StoredJson.read(text, Connection.class);
    }

    /** The name as it stands in keys: whoever writes it in another case means the same connection. */
    public String key() {
        return name.toLowerCase(Locale.ROOT);
    }

    public String write() {
        return StoredJson.prettyText(this);
    }

    /** Without its tokens and secrets, which on a laptop are the values themselves. */
    @Override
    public String toString() {
        return "Connection " + name + " (" + system + ")";
    }
}
