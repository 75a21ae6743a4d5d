package dev.lockstep.configured;

import java.util.List;

/**
 * What a kind of system needs of its connection. Another kind is one more value.
 *
 * @param name as in a connection's {@code system}
 * @param credential how it proves who it is
 * @param direction whether it calls us or we call it
 */
public record ConnectionSystem(String name, Credential credential, Direction direction) {
    /** The systems that come with Lockstep. */
    public static final List<ConnectionSystem> KNOWN = List.of(
            new ConnectionSystem("yealink", Credential.TOKENS, Direction.CALLS_US),
            new ConnectionSystem("generic", Credential.SECRETS, Direction.CALLS_US),
            new ConnectionSystem("webhook", Credential.SECRETS, Direction.IS_CALLED));

    /** What somebody proves who they are with. */
    public enum Credential {
        /** Something to put into a URL. */
        TOKENS("tokens"),
        /** Keys of Standard Webhooks. */
        SECRETS("secrets");

        private final String field;

        Credential(String field) {
            this.field = field;
        }

        public String field() {
            return field;
        }
    }

    /** Who calls whom. */
    public enum Direction {
        CALLS_US,
        IS_CALLED
    }

    public boolean isCalled() {
        return direction == Direction.IS_CALLED;
    }

    public List<String> fields() {
        return isCalled()
                ? List.of("name", "system", "remove", "url", "secret", "secrets", "teams")
                : List.of("name", "system", "remove", credential.field());
    }
}
