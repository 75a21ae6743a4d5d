package dev.lockstep.protocol.http;

import java.net.URI;
import java.util.HashSet;
import java.util.Set;

/** The way from page to page of an answer: it never leads elsewhere, nor twice to one page, and it ends. */
public final class PageTrail {
    private final Origin origin;
    private final int most;
    private final Set<String> followed = new HashSet<>();

    /** @param most pages that there may be */
    public PageTrail(URI origin, int most) {
        this.origin = Origin.of(origin);
        this.most = most;
    }

    /** Whether the link may be followed, as it came; from then on it was. */
    public boolean leadsTo(String link) {
        return isOurs(link) && followed.add(link) && followed.size() <= most;
    }

    private boolean isOurs(String link) {
        try {
            return origin.holds(URI.create(link));
        } catch (IllegalArgumentException broken) {
            return false;
        }
    }
}
