package dev.lockstep.presence;

import java.util.Set;

/** The newest complete list of a line's calls: it ends every older call that it does not name. */
public record LineTrace(Source source, String line, Moment moment, Set<String> callIds) {
    public LineTrace {
        callIds = Set.copyOf(callIds);
    }

    boolean rulesOut(CallTrace call) {
        return call.source().equals(source)
                && call.line().equals(line)
                && !call.moment().isAfter(moment)
                && !callIds.contains(call.callId());
    }

    LineTrace with(LineTrace news) {
        return news.moment.isAfter(moment) ? news : this;
    }
}
