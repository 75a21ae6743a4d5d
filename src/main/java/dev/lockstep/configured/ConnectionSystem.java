package dev.lockstep.configured;

import java.util.List;

/** What a kind of system needs of its connection. Each kind is a bean; the room that speaks with it brings it. */
public interface ConnectionSystem {
    /** As in a connection's {@code system}, in lower case. */
    String name();

    /** How it proves who it is. */
    Credential credential();

    /** Whether it calls us or we call it. */
    Direction direction();

    /** What somebody proves who they are with. */
    enum Credential {
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
    enum Direction {
        CALLS_US,
        IS_CALLED
    }

    default boolean isCalled() {
        return direction() == Direction.IS_CALLED;
    }

    /** What may be configured of such a connection. */
    default List<String> fields() {
        return isCalled()
                ? List.of("name", "system", "remove", "url", "secret", "secrets", "teams", "clientId")
                : List.of("name", "system", "remove", credential().field());
    }
}
