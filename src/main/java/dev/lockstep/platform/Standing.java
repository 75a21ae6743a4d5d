package dev.lockstep.platform;

import dev.lockstep.presence.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where one agent stands on one platform: what is wanted there, what we wrote, what it shows, how far we are.
 *
 * @param wanted empty when there is no opinion
 */
public record Standing(Optional<Status> wanted, Ledger ledger, Display display, Progress progress) {
    public static final Standing NEW = new Standing(Optional.empty(), Ledger.EMPTY, Display.UNKNOWN, Progress.NONE);

    /** What the platform last showed that was worth believing. */
    public Optional<Observation> observed() {
        return display.observed();
    }

    public Condition condition() {
        return progress.condition();
    }

    /** As it is once the platform shows what it accepted; itself if that is not all that is awaited. */
    public Standing expected() {
        boolean isAccepted =
                !ledger.held().isEmpty() && ledger.held().values().stream().allMatch(LedgerEntry::isAccepted);
        boolean isAwaited =
                condition() == Condition.PENDING && progress.retryAt().isEmpty() && isAccepted;
        return isAwaited ? showing(wanted).in(Condition.IN_SYNC, "") : this;
    }

    /** Notes a write before it is made. */
    public Standing intending(LedgerEntry entry) {
        return with(ledger.intending(entry));
    }

    /** Notes what became of a write. */
    public Standing settling(LedgerEntry entry, LedgerEntry.Outcome outcome) {
        return with(ledger.settling(entry, outcome));
    }

    /** A write that was noted but is not going to be made, or was refused: what was held before is held again. */
    public Standing dropping(LedgerEntry entry, Optional<LedgerEntry> before) {
        return with(ledger.dropping(entry, before));
    }

    /** Somebody else put something else there: what we held in that slot is gone, and none of our writes stands. */
    public Standing losing(String slot, Instant at) {
        return with(ledger.losing(slot, at));
    }

    public Standing seeing(Observation observation) {
        return with(display.with(observation));
    }

    /** Notes what the last observation means. */
    public Standing showing(Optional<Status> status) {
        return with(display.showing(status));
    }

    public Standing in(Condition next, String why) {
        return with(progress.in(next, why));
    }

    /** About to be written, because it has not been as wanted since then. How often it failed before is kept until it works, or the waits would not grow. */
    public Standing attempting(Instant since) {
        return with(progress.attempting(since));
    }

    public Standing failing(Condition next, String why, Instant retry) {
        return with(progress.failing(next, why, retry));
    }

    /** The same at a given time: what is wrong and was not before is so since then. */
    public Standing at(Instant now) {
        return with(progress.at(now));
    }

    public Standing overwriting(Instant at, Duration window) {
        return with(progress.overwriting(at, window));
    }

    public Standing wanting(Optional<Status> status) {
        return new Standing(status, ledger, display, progress);
    }

    public Standing with(Ledger next) {
        return new Standing(wanted, next, display, progress);
    }

    private Standing with(Display next) {
        return new Standing(wanted, ledger, next, progress);
    }

    private Standing with(Progress next) {
        return new Standing(wanted, ledger, display, next);
    }
}
