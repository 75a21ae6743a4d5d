package dev.lockstep.configured;

import dev.lockstep.settings.LockstepSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** What an installation may set about its configuration. */
@ConfigMapping(prefix = "lockstep.config")
public interface ConfigSettings extends LockstepSettings {
    /** Whether tokens and secrets may be given by their values. On a laptop only. */
    @WithDefault("false")
    boolean inlineSecrets();

    /** Whether applications may be told at addresses of the machine and of private networks. */
    @WithDefault("false")
    boolean privateNetworks();

    /** Where Secrets Manager is, if not where AWS says. */
    Optional<URI> secretsEndpoint();

    /** How long one reading of a secret may take, all attempts together. */
    @WithDefault("2s")
    Duration secretsTimeout();
}
