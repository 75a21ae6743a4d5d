package dev.lockstep.teams.graph;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Ids for whose sake Graph refuses every list that names them: left out of lists for an hour, then tried again. */
final class RefusedIds {
    private static final Duration MEMORY = Duration.ofHours(1);
    private static final int MOST = 1000;

    private final Map<String, Instant> until = new ConcurrentHashMap<>();
    private final InstantSource clock;

    RefusedIds(InstantSource clock) {
        this.clock = clock;
    }

    /** Where there are too many, the rest is found anew each time. */
    void remember(Collection<String> ids) {
        Instant end = clock.instant().plus(MEMORY);
        ids.stream().filter(id -> until.size() < MOST).forEach(id -> until.put(id, end));
    }

    boolean isRefused(String id) {
        Instant end = until.get(id);
        if (end != null && !clock.instant().isBefore(end)) {
            until.remove(id);
        }
        return until.containsKey(id);
    }

    int count() {
        return until.size();
    }
}
