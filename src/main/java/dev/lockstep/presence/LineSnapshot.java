package dev.lockstep.presence;

import java.util.Set;

/** The newest complete list of a line's calls: it ends every older call that it does not name. */
public record LineSnapshot(Source source, String line, SourceTime moment, Set<String> callIds) {
    public LineSnapshot {
        callIds = Set.copyOf(callIds);
    }

    boolean rulesOut(KnownCall call) {
        return call.source().equals(source)
                && call.line().equals(line)
                && !call.moment().isAfter(moment)
                && !callIds.contains(call.callId());
    }

    LineSnapshot with(LineSnapshot news) {
        return news.moment.isAfter(moment) ? news : this;
    }
}
