package dev.lockstep.teams.graph;

import dev.lockstep.protocol.entra.AppRegistration;
import dev.lockstep.settings.LockstepSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Where Microsoft Graph is and how long we wait for it. */
@ConfigMapping(prefix = "lockstep.graph")
public interface GraphSettings extends LockstepSettings {
    /** With the version; another one for national clouds. Tokens are for its origin. */
    @WithDefault("https://graph.microsoft.com/v1.0")
    URI url();

    /** For one write, connection and answer together. */
    @WithDefault("${lockstep.deadline:2s}")
    Duration timeout();

    /** For one read of up to 650 presences. */
    @WithDefault("10s")
    Duration readTimeout();

    /**
     * Further app registrations that set presences in Teams, beside that of lockstep.entra: Graph counts by application, and
     * agents are shared out among them.
     */
    List<Registration> registrations();

    /** One of them. Of the same directory. */
    interface Registration extends AppRegistration {
        /** Whether nobody belongs to it any more. It still takes back the sessions that it has. */
        @WithDefault("false")
        boolean retired();
    }
}
