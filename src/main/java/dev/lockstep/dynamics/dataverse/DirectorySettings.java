package dev.lockstep.dynamics.dataverse;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who is taken for a representative. */
@ConfigMapping(prefix = "lockstep.directory")
public interface DirectorySettings {
    /** An OData filter on systemuser. Bots are users with an application id. */
    @WithDefault("isdisabled eq false and applicationid eq null and azureactivedirectoryobjectid ne null")
    String filter();
}
