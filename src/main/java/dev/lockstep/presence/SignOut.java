package dev.lockstep.presence;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The newest sign-out, and when it counts unless the agent comes back before.
 *
 * @param before the latest sign-out before it that counted: it still ends older choices when this one is undone
 */
public record SignOut(SourceTime moment, Instant effective, Optional<Instant> before) {
    static SignOut of(Signal.SignedOut signal) {
        return new SignOut(signal.moment(), signal.effective(), Optional.empty());
    }

    boolean isUndoneBy(SourceTime signIn) {
        return signIn.isAfter(moment) && !signIn.at().isAfter(effective);
    }

    /** Both, the newer one foremost. The same sign-out told twice counts at once when one of the two says so. */
    SignOut with(SignOut news) {
        int order = news.moment.compareTo(moment);
        boolean isNewer = order > 0 || (order == 0 && news.effective.isBefore(effective));
        SignOut newest = isNewer ? news : this;
        SignOut older = isNewer ? this : news;
        Stream<Instant> counted = older.effective.isAfter(newest.moment.at())
                ? Stream.empty()
                : Stream.of(older.moment.at()).filter(at -> order != 0);
        Optional<Instant> latest = Stream.of(counted, older.before.stream(), newest.before.stream())
                .flatMap(times -> times)
                .max(Comparator.naturalOrder());
        return new SignOut(newest.moment, newest.effective, latest);
    }

    /** What is left when the agent came back in time. */
    Optional<SignOut> undone() {
        return before.map(at -> new SignOut(SourceTime.at(at), at, Optional.empty()));
    }

    /** When the agent last left for good. */
    Optional<Instant> lastBy(Instant now) {
        return now.isBefore(effective) ? before : Optional.of(moment.at());
    }
}
