package dev.lockstep.simulation;

import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.Standing;
import dev.lockstep.platform.Subject;

/** Says that it takes back what another app registration of ours holds in Teams, and does not. */
final class SessionsLeft extends PlatformAround {
    SessionsLeft(ReadablePlatform teams) {
        super(teams);
    }

    @Override
    public void perform(LedgerEntry step, Subject subject, Standing standing) {
        boolean isOfAnother = standing.ledger().held().keySet().stream()
                .anyMatch(slot -> slot.startsWith("session") && !slot.equals(step.slot()));
        if (!(step.isTakenBack() && step.slot().startsWith("session") && isOfAnother)) {
            super.perform(step, subject, standing);
        }
    }
}
