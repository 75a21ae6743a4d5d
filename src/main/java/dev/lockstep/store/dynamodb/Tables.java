package dev.lockstep.store.dynamodb;

/** Names of the store's tables and indexes, as Terraform makes them. A prefix stands before a table's. */
final class Tables {
    static final String AGENTS = "agents";
    static final String IDENTITIES = "identities";
    static final String MAPPINGS = "mappings";
    static final String TIMELINE = "timeline";
    static final String CONTROL = "control";

    /** Index of {@link #AGENTS}: what whoever passes over everybody must know. */
    static final String PULSE = "pulse";

    /** Index of {@link #AGENTS}: what the board shows. */
    static final String TEAM = "team";

    private Tables() {}
}
