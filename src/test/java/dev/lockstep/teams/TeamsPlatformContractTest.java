package dev.lockstep.teams;

import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Platform;
import dev.lockstep.platform.PlatformContract;
import dev.lockstep.platform.Standing;
import java.time.Instant;

class TeamsPlatformContractTest extends PlatformContract {
    @Override
    protected Platform platform() {
        return new TeamsPlatform(new GivenTeams.Nobody(), SessionSlots.ONE, GivenTeams.RULES, () -> Instant.EPOCH);
    }

    @Override
    protected Observation shown(Standing written, Instant now) {
        return GivenTeams.shown(GivenTeams.aggregate(written, now), now);
    }
}
