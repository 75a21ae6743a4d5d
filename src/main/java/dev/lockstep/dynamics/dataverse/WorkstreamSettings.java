package dev.lockstep.dynamics.dataverse;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * Where workstreams and the presences that they allow are read. Microsoft does not document the columns for outside
 * use, so another version may call them otherwise.
 */
@ConfigMapping(prefix = "lockstep.dynamics.workstreams")
public interface WorkstreamSettings {
    @WithDefault("msdyn_liveworkstreams")
    String table();

    @WithDefault("msdyn_name")
    String name();

    /** A multi-select choice of base statuses. */
    @WithDefault("msdyn_allowedpresences")
    String allowedPresences();
}
