package dev.lockstep.presence;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** The newest complete list of a line's calls: it ends every call that it does not name and that is older than it. */
public record LineSnapshot(Source source, String line, SourceTime moment, Set<String> callIds) {
    public LineSnapshot {
        callIds = Set.copyOf(callIds);
    }

    boolean rulesOut(KnownCall call) {
        return call.source().equals(source)
                && call.line().equals(line)
                && isNewerThan(call.stateToldAt())
                && !callIds.contains(call.callId());
    }

    /** A list of which no source tells the order is of its receipt, and so is what is held against it: clocks are slow. */
    private boolean isNewerThan(SourceTime told) {
        return moment.isOrdered() ? moment.isAfter(told) : moment.at().isAfter(told.received());
    }

    /** Nobody sends news that late any more of a call that it would end. */
    boolean isForgottenBy(Instant now) {
        return moment.received().plus(KnownCall.TOMBSTONE).isBefore(now);
    }

    /** Two of one moment hold what either lists: who may be on a call is kept from work. */
    LineSnapshot with(LineSnapshot news) {
        int order = news.moment.compareTo(moment);
        if (order != 0) {
            return order > 0 ? news : this;
        }
        Set<String> either = new HashSet<>(callIds);
        either.addAll(news.callIds);
        return new LineSnapshot(source, line, moment, either);
    }
}
