package dev.lockstep.dynamics.dataverse;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How an organisation is set up, as far as its application user may see it. Every method throws
 * {@link dev.lockstep.platform.PlatformException}.
 */
public interface SetupApi {
    /** The systemuser as which Dataverse knows our application (WhoAmI). */
    String whoAmI();

    List<WorkstreamRow> workstreams();

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
