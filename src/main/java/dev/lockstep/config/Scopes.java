package dev.lockstep.config;

import java.util.Locale;

/** Names of the stored documents that are no mappings. */
final class Scopes {
    static final String CONNECTION = "connection#";

    /** The lines of one connection, which can be thousands, stand apart from what every event needs of it. */
    static final String LINES = "lines#";

    /** What an applied request still has to do besides the documents. */
    static final String PENDING = "pending#";

    private Scopes() {}

    /** Connections are told apart without regard to case, as identities on them are. */
    static String connection(String name) {
        return CONNECTION + name.toLowerCase(Locale.ROOT);
    }

    static String lines(String connection) {
        return LINES + connection.toLowerCase(Locale.ROOT);
    }
}
