package dev.lockstep.configured;

import java.util.Locale;

/** Names of the stored documents that are no mappings. */
public final class DocumentScopes {
    public static final String CONNECTION = "connection#";

    /** The lines of one connection, which can be thousands, stand apart from what every event needs of it. */
    public static final String LINES = "lines#";

    /** What an applied request still has to do besides the documents. */
    public static final String PENDING = "pending#";

    /** One request that was applied: by whom, and what it changed. */
    public static final String HISTORY = "history#";

    /** With the same name behind it as a request's history: the mappings as they were before that request. */
    public static final String FORMER = "former#";

    /** Which groups in Entra supervise which teams; one document, so that board and API read nothing else. */
    public static final String SUPERVISORS = "supervisors";

    private DocumentScopes() {}

    /** Connections are told apart without regard to case, as identities on them are. */
    public static String connection(String name) {
        return CONNECTION + name.toLowerCase(Locale.ROOT);
    }

    public static String lines(String connection) {
        return LINES + connection.toLowerCase(Locale.ROOT);
    }
}
