package dev.lockstep.dynamics;

import dev.lockstep.dynamics.dataverse.OmnichannelApi;
import dev.lockstep.shift.Booking;
import dev.lockstep.shift.ShiftSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** The shifts of Dynamics 365's own workforce management. */
@Singleton
final class DynamicsShifts implements ShiftSource {
    private final OmnichannelApi api;

    @Inject
    DynamicsShifts(OmnichannelApi api) {
        this.api = api;
    }

    @Override
    public String name() {
        return DynamicsPlatform.NAME;
    }

    @Override
    public String platform() {
        return DynamicsPlatform.NAME;
    }

    @Override
    public List<Booking> bookings(Instant from, Instant to) {
        return api.bookings(from, to).stream()
                .map(row -> new Booking(row.systemUserId(), row.start(), row.end(), row.isPublished()))
                .toList();
    }
}
