package dev.lockstep.administration.page;

import java.util.List;

/**
 * The connections, and a form for one.
 *
 * <p>Public with all its parts: templates see nothing else.
 *
 * @param systems that a connection may speak
 * @param fresh a token or secret that was just made: shown this once, and never again
 */
public record ConnectionsView(List<Row> rows, List<String> systems, Edit edit, List<String> fresh, Outcome outcome) {
    public ConnectionsView {
        rows = List.copyOf(rows);
        systems = List.copyOf(systems);
        fresh = List.copyOf(fresh);
    }

    /**
     * One of them.
     *
     * @param credentials references; of a value only that there is one
     * @param where it calls us, or we call it
     * @param version of what is stored of it, by which a change that somebody else makes meanwhile is noticed
     * @param href where it can be changed
     */
    public record Row(
            String name,
            String system,
            List<String> credentials,
            String where,
            String teams,
            String clientId,
            int lines,
            String version,
            String href) {
        /** Whether an old one and a new one hold. */
        public boolean two() {
            return credentials.size() > 1;
        }
    }

    /** What is typed of one. */
    public record Edit(
            String name, String system, String credential, String url, String teams, String clientId, String version) {}
}
