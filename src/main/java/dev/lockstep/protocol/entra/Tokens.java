package dev.lockstep.protocol.entra;

import java.net.URI;

/** Access tokens of one holder: our application, or a user signed in to it. Every method throws {@link dev.lockstep.platform.PlatformException}. */
public interface Tokens {
    /** A token for the platform at that URL, from memory while it is good. */
    AccessToken current(URI platform);

    /**
     * A token in place of one that the platform refused.
     *
     * @return what somebody else got meanwhile, or a new one
     * @throws dev.lockstep.platform.PlatformException.PermissionMissing if the refused one was itself just got in
     *     place of another: more tokens do not help
     */
    AccessToken renewed(URI platform, AccessToken refused);
}
