package dev.lockstep.protocol.entra;

import dev.lockstep.settings.LockstepSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The app registration by which Lockstep signs in to Graph and to Dataverse. */
@ConfigMapping(prefix = "lockstep.entra")
public interface EntraSettings extends LockstepSettings, AppRegistration {
    /** Where tokens come from; another one for national clouds (Graph, national cloud deployments). */
    @WithDefault("https://login.microsoftonline.com")
    URI authority();

    /** The directory's id. Needed only by functions that call a platform, so nothing fails without it at the start. */
    Optional<String> tenantId();

    /** The application's (client) id; also the id of its presence sessions in Teams. */
    @Override
    Optional<String> clientId();

    @WithDefault("2s")
    Duration connectTimeout();

    /** For a token as a whole, once an hour. Longer than a write may take: a token that comes late serves the next. */
    @WithDefault("5s")
    Duration timeout();
}
