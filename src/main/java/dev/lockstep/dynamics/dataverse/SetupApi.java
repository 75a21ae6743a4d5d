package dev.lockstep.dynamics.dataverse;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How an organisation is set up, as far as its application user may see it. Every method throws
 * {@link dev.lockstep.platform.PlatformException}.
 */
public interface SetupApi {
    /** The systemuser as which Dataverse knows our application (WhoAmI). */
    String whoAmI();

    /** The systemuser in whose name we write presences: ours, or the one that lockstep.dynamics.caller-id names. */
    String whoWrites();

    /**
     * Among whom writing presences is shared out.
     *
     * @return by client id what is wrong with it: empty if it has a token and is a user of the environment
     */
    Map<String, Optional<String>> whoShares();

    List<WorkstreamRow> workstreams();

    /**
     * Who is given work whatever their presence, by each way that there is.
     *
     * @return the names of the queues or workstreams that have it; no list for what the organisation does not let us read
     */
    Map<RoutingException, List<String>> routingExceptions();

    /** A way on which routing does not ask for the allowed presences of a workstream. */
    enum RoutingException {
        /** A queue with an assignment method of its own goes by that method's rules alone. */
        CUSTOM_ASSIGNMENT,
        /** A customer who writes again is given to the same representative, irrespective of capacity and presence. */
        AGENT_AFFINITY,
        /** Representatives take work themselves. */
        PICKED,
        /** A customer's preferred representatives come first. */
        PREFERRED_AGENTS
    }

    /** The steps that call a webhook when a representative's status row changes. */
    List<StepRow> steps();

    /** @param allowedBases base statuses; empty if the column is missing */
    record WorkstreamRow(String name, Optional<Set<Integer>> allowedBases) {}

    /**
     * @param message Create, Update or Delete
     * @param columns of which one must be written; empty for every change
     * @param url of the webhook; blank for a handler of another kind
     */
    record StepRow(
            String name, String message, boolean asynchronous, boolean enabled, Set<String> columns, String url) {}
}
