package dev.lockstep.administration;

import java.util.Optional;

/**
 * How a request is asked for, besides what it says itself.
 *
 * @param by whose token asks for it, as the history shows it; blank where the function itself was invoked
 * @param usual what is done where the request does not say it; empty if it has to
 * @param dryRun whether what would be applied is only shown
 */
record Asking(String by, Optional<ConfigRequest.Action> usual, boolean dryRun) {
    /** The request alone says what is to be done. */
    static final Asking PLAINLY = new Asking("", Optional.empty(), false);

    ConfigRequest.Action of(ConfigRequest.Action asked) {
        return dryRun && asked == ConfigRequest.Action.APPLY ? ConfigRequest.Action.DRY_RUN : asked;
    }
}
