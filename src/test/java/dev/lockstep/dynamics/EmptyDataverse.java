package dev.lockstep.dynamics;

import dev.lockstep.dynamics.dataverse.OmnichannelApi;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A Dataverse in which there is nothing, and that nobody may write to. */
class EmptyDataverse implements OmnichannelApi {
    @Override
    public void modify(String agentId, String systemUserId, String presenceId) {
        throw new AssertionError("nothing is to be written here");
    }

    @Override
    public List<PresenceRow> presences() {
        return List.of();
    }

    @Override
    public List<StatusRow> statuses() {
        return List.of();
    }

    @Override
    public List<StatusRow> statuses(Collection<String> systemUserIds) {
        return List.of();
    }

    @Override
    public Optional<StatusRow> status(String statusRowId) {
        return Optional.empty();
    }

    @Override
    public List<UserRow> users() {
        return List.of();
    }

    @Override
    public Optional<UserRow> user(String id) {
        return Optional.empty();
    }

    @Override
    public List<BookingRow> bookings(Instant from, Instant to) {
        return List.of();
    }
}
