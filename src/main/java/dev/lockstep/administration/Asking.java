package dev.lockstep.administration;

import java.util.Optional;

/**
 * How a request is asked for, besides what it says itself.
 *
 * @param by whose token asks for it, as the history shows it; blank where the function itself was invoked
 * @param usual what is done where the request does not say it; empty if it has to
 * @param dryRun whether what would be applied is only shown
 */
public record Asking(String by, Optional<ConfigRequest.Action> usual, boolean dryRun) {
    /** The request alone says what is to be done. */
    static final Asking PLAINLY = new Asking("", Optional.empty(), false);

    /** What a page has checked alone: whom it would concern is not looked up. */
    public static Asking toCheck() {
        return new Asking("", Optional.of(ConfigRequest.Action.VALIDATE), false);
    }

    /** That what would change is shown. */
    public static Asking toShow() {
        return new Asking("", Optional.of(ConfigRequest.Action.DRY_RUN), false);
    }

    /** @param by who is remembered to have done it */
    public static Asking toApply(String by) {
        return new Asking(by, Optional.of(ConfigRequest.Action.APPLY), false);
    }

    ConfigRequest.Action of(ConfigRequest.Action asked) {
        return dryRun && asked == ConfigRequest.Action.APPLY ? ConfigRequest.Action.DRY_RUN : asked;
    }
}
