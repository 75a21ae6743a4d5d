package dev.lockstep.dynamics.dataverse;

import dev.lockstep.settings.LockstepSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who is taken for a representative. */
@ConfigMapping(prefix = "lockstep.directory")
public interface DirectorySettings extends LockstepSettings {
    /** An OData filter on systemuser. Bots are users with an application id. */
    @WithDefault("isdisabled eq false and applicationid eq null and azureactivedirectoryobjectid ne null")
    String filter();
}
