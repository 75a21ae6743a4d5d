package dev.lockstep.local.dynamics.model;

import java.time.Instant;
import java.util.List;

/**
 * A representative as the omnichannel service has them at this moment, ahead of the table.
 *
 * @param present signed in and connected: only then work is offered
 */
public record RepresentativeView(
        Representative who,
        Presence presence,
        boolean signedIn,
        boolean present,
        int browsers,
        Instant signedInAt,
        List<Work> work) {

    static RepresentativeView of(Desk desk) {
        Slot slot = desk.slot();
        return new RepresentativeView(
                desk.who(),
                slot.presence(),
                slot.signedIn(),
                slot.present(),
                slot.browsers(),
                slot.signedInAt(),
                slot.work());
    }

    /** Whether routing may offer work of this workstream now. */
    boolean takes(Workstream workstream) {
        Capacity capacity = who.capacity();
        return present
                && who.applicationId().isEmpty()
                && !who.disabled()
                && workstream.allows(presence)
                && !capacity.full(work)
                && capacity.remaining(work) >= workstream.units();
    }
}
