package dev.lockstep.local.dynamics.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the omnichannel service holds of one representative at one time: a single presence, whoever set it.
 *
 * @param hold how long the presence lasts
 * @param signedIn signed in to Omnichannel as the API sees it
 * @param gone set after a disconnect, until the return
 * @param worked whether work was accepted or closed since the sign-in
 */
record Slot(
        Presence presence,
        Hold hold,
        boolean signedIn,
        int browsers,
        Instant signedInAt,
        Optional<Gone> gone,
        List<Work> work,
        boolean worked) {

    /** "Manage presence status", learn.microsoft.com. */
    enum Hold {
        /** Computed, or Available and Busy by hand: until the next accept or close. */
        UNTIL_WORK,
        /** Offline, Away, Do not disturb by hand: until sign-out or another choice. */
        UNTIL_CHOICE,
        /** After a missed or rejected notification: until reset, or a choice. */
        UNTIL_RESET
    }

    /**
     * What a quick return restores.
     *
     * @param signedOut whether the representative left on purpose, and comes back by signing in
     */
    record Gone(Instant at, Presence before, Hold hold, boolean signedOut) {}

    Slot {
        work = List.copyOf(work);
    }

    static Slot signedOut(Presence offline) {
        return new Slot(offline, Hold.UNTIL_WORK, false, 0, Instant.EPOCH, Optional.empty(), List.of(), false);
    }

    boolean present() {
        return signedIn && gone.isEmpty();
    }

    Slot showing(Presence now, Hold how) {
        return new Slot(now, how, signedIn, browsers, signedInAt, gone, work, worked);
    }

    Slot anotherBrowser() {
        return new Slot(presence, hold, signedIn, browsers + 1, signedInAt, gone, work, worked);
    }

    Slot arrived(Instant at) {
        return new Slot(presence, hold, true, 1, at, Optional.empty(), work, false);
    }

    /** Back after a disconnect: the sign-in's own time and what was done since still count. */
    Slot returned() {
        return new Slot(presence, hold, true, 1, signedInAt, Optional.empty(), work, worked);
    }

    Slot signedOut(Instant at, Presence offline) {
        Gone before = new Gone(at, presence, hold, true);
        return new Slot(offline, Hold.UNTIL_WORK, false, 0, signedInAt, Optional.of(before), work, worked);
    }

    Slot left(Presence offline) {
        return new Slot(offline, Hold.UNTIL_WORK, false, 0, signedInAt, Optional.empty(), work, false);
    }

    Slot lost(Instant at, Presence offline, boolean signsOut) {
        Gone before = new Gone(at, presence, hold, false);
        return new Slot(offline, Hold.UNTIL_WORK, !signsOut, 0, signedInAt, Optional.of(before), work, worked);
    }

    Slot taking(Work more) {
        List<Work> all = new ArrayList<>(work);
        all.add(more);
        return new Slot(presence, hold, signedIn, browsers, signedInAt, gone, all, true);
    }

    Slot without(Work done) {
        List<Work> rest =
                work.stream().filter(one -> !one.id().equals(done.id())).toList();
        return new Slot(presence, hold, signedIn, browsers, signedInAt, gone, rest, true);
    }
}
