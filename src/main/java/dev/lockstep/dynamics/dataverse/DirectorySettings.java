package dev.lockstep.dynamics.dataverse;

import dev.lockstep.settings.LockstepSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who is taken for a representative. */
@ConfigMapping(prefix = "lockstep.directory")
public interface DirectorySettings extends LockstepSettings {
    /**
     * An OData filter on systemuser, beside everybody who has a status row. Bots are users with an application id; access
     * mode 0 leaves out support users and those that only programs sign in with.
     */
    @WithDefault("isdisabled eq false and applicationid eq null and azureactivedirectoryobjectid ne null"
            + " and accessmode eq 0 and systemuserroles_association/any(r:r/name eq 'Omnichannel agent'"
            + " or r/name eq 'Omnichannel supervisor')")
    String filter();
}
