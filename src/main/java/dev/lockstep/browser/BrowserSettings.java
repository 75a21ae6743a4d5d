package dev.lockstep.browser;

import dev.lockstep.protocol.entra.AppRegistration;
import dev.lockstep.settings.LockstepSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The app registration as which people sign in with a browser, and for how long. Only the pages' function needs it. */
@ConfigMapping(prefix = "lockstep.browser")
public interface BrowserSettings extends LockstepSettings, AppRegistration {
    /** The client id of <i>Lockstep API</i>; nobody can sign in without one. */
    @Override
    Optional<String> clientId();

    /** Where the pages are: https, or http on the machine itself. Entra sends people back to {@code /sign-in/callback} there. */
    Optional<URI> url();

    /** The keys of sessions, or the reference of the stored ones: each 32 bytes in Base64; the first seals, all open. */
    Optional<String> sessionKeys();

    /** After which a session ends, whatever its person does. */
    @WithDefault("8h")
    Duration session();
}
