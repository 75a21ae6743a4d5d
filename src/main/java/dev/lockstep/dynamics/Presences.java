package dev.lockstep.dynamics;

import java.util.function.Supplier;

/** Where the organisation's presences are known from. */
interface Presences extends Supplier<PresenceCatalogue> {
    /** As {@link #get}, read anew if that presence is not among them and it was not just asked for. */
    default PresenceCatalogue knowing(String presenceId) {
        return get();
    }

    /** As {@link #get}, read anew if that presence, which Dynamics refuses, is among them and it was not just asked for. */
    default PresenceCatalogue doubting(String presenceId) {
        return get();
    }
}
