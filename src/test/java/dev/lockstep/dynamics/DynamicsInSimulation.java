package dev.lockstep.dynamics;

import dev.lockstep.Defaults;
import dev.lockstep.directory.DirectoryBuilder;
import dev.lockstep.dynamics.dataverse.OmnichannelApi;
import dev.lockstep.dynamics.dataverse.StatusFields;
import dev.lockstep.dynamics.dataverse.StatusRowFields;
import dev.lockstep.intake.CorrelationIds;
import dev.lockstep.intake.Crew;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.intake.GivenCrew;
import dev.lockstep.intake.GivenReader;
import dev.lockstep.intake.LastTime;
import dev.lockstep.intake.PlatformReader;
import dev.lockstep.local.dynamics.ContactCenter;
import dev.lockstep.local.dynamics.model.AgentStatus;
import dev.lockstep.local.dynamics.model.ModifyResult;
import dev.lockstep.local.dynamics.model.Presence;
import dev.lockstep.local.dynamics.model.Representative;
import dev.lockstep.local.dynamics.model.WorkforceBooking;
import dev.lockstep.local.dynamics.table.Choice;
import dev.lockstep.local.dynamics.table.Lookup;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.platform.PlatformCalls;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.shift.ShiftSource;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Control;
import dev.lockstep.store.Identities;
import dev.lockstep.store.InMemoryControl;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The product's whole Dynamics side over a simulated organisation, without HTTP in between. */
public final class DynamicsInSimulation {
    public static final String KEY = "simulated-webhook-key";
    private static final UUID APPLICATION = UUID.nameUUIDFromBytes("lockstep".getBytes());

    private final Api api;
    private final InstantSource clock;
    private final Presences presences;
    private final DynamicsPlatform platform;

    public DynamicsInSimulation(
            ContactCenter center, PlatformCalls calls, InstantSource clock, DynamicsSettings timings) {
        this.api = new Api(center, calls);
        this.clock = clock;
        Control control = new InMemoryControl(clock);
        new CachedPresenceCatalogue(new Api(center, PlatformCalls.DIRECT), control, clock).get();
        this.presences = new CachedPresenceCatalogue(api, control, clock);
        this.platform = new DynamicsPlatform(api, presences, timings, clock);
    }

    public ReadablePlatform platform() {
        return platform;
    }

    public DirectoryBuilder directory(AgentStore store, Identities identities) {
        return new DirectoryBuilder(
                GivenPlatforms.CATALOGUE,
                List.of(new DynamicsPeople(api)),
                store,
                identities,
                GivenCrew.alone(),
                clock);
    }

    public DynamicsPoll snapshot(AgentStore store, EvidenceIntake intake, CorrelationIds correlationIds) {
        return snapshot(store, intake, correlationIds, GivenReader.uncounted(), GivenCrew.alone());
    }

    public DynamicsPoll snapshot(
            AgentStore store, EvidenceIntake intake, CorrelationIds correlationIds, PlatformReader reader, Crew crew) {
        return new DynamicsPoll(api, store, clock, intake, correlationIds, reader, crew);
    }

    public DataverseWebhook change(AgentStore store, Identities identities, Control control, EvidenceIntake intake) {
        return new DataverseWebhook(
                Defaults.of(DynamicsSettings.class, Map.of("lockstep.dynamics.webhook-key", KEY)),
                reference -> reference,
                api,
                identities,
                directory(store, identities),
                intake,
                LastTime.heard(control, DynamicsPlatform.NAME)::at);
    }

    public ShiftSource shifts() {
        return new DynamicsShifts(api);
    }

    private record Api(ContactCenter center, PlatformCalls calls) implements OmnichannelApi {
        @Override
        public void modify(String agentId, String systemUserId, String presenceId) {
            ModifyResult result = calls.call(
                    "dynamics",
                    systemUserId,
                    () -> center.presence()
                            .modify(UUID.fromString(systemUserId), UUID.fromString(presenceId), APPLICATION));
            switch (result) {
                case DONE -> {}
                case NOT_FOUND -> throw new PlatformException.NotSignedIn();
                case BAD_PRESENCE -> throw new PlatformException.Rejected("no such presence");
            }
        }

        @Override
        public List<PresenceRow> presences() {
            return calls.call(
                    "dynamics",
                    "",
                    () -> center.presence().presences().stream().map(Api::row).toList());
        }

        private static PresenceRow row(Presence presence) {
            return new PresenceRow(
                    presence.id().toString(),
                    presence.name(),
                    presence.text(),
                    presence.base().value());
        }

        @Override
        public List<StatusRow> statuses() {
            return calls.call(
                    "dynamics",
                    "",
                    () -> center.presence().rows().stream().map(this::row).toList());
        }

        @Override
        public List<StatusRow> statuses(Collection<String> systemUserIds) {
            return statuses().stream()
                    .filter(row -> systemUserIds.contains(row.systemUserId()))
                    .toList();
        }

        @Override
        public Optional<StatusRow> status(String statusRowId) {
            return calls.call(
                    "dynamics",
                    "",
                    () -> center.presence().rows().stream()
                            .filter(row -> row.id().toString().equals(statusRowId))
                            .map(this::row)
                            .findFirst());
        }

        private StatusRow row(AgentStatus status) {
            Map<String, Object> columns = center.presence().columns(status);
            Map<String, String> fields = new HashMap<>();
            StatusRowFields.read(name -> text(columns.get(name)), fields);
            fields.put(StatusFields.CHANGED_ON, columns.get("modifiedon").toString());
            fields.put(StatusFields.BY, "read");
            return new StatusRow(status.who().id().toString(), fields, Optional.of(user(status.who())));
        }

        private static Optional<String> text(Object column) {
            return Optional.ofNullable(column).map(value -> switch (value) {
                case Lookup lookup -> lookup.id().toString();
                case Choice choice -> String.valueOf(choice.value());
                default -> value.toString();
            });
        }

        private static UserRow user(Representative who) {
            return new UserRow(who.id().toString(), who.entraId().toString(), who.name(), who.upn(), !who.disabled());
        }

        @Override
        public List<UserRow> users() {
            return calls.call(
                    "dynamics",
                    "",
                    () -> center.presence().agents().stream()
                            .map(agent -> user(agent.who()))
                            .toList());
        }

        @Override
        public Optional<UserRow> user(String id) {
            return users().stream()
                    .filter(user -> user.systemUserId().equals(id))
                    .findFirst();
        }

        @Override
        public List<BookingRow> bookings(Instant from, Instant to) {
            return calls.call(
                    "dynamics",
                    "",
                    () -> center.shifts().bookings().stream()
                            .filter(booking -> booking.state() != WorkforceBooking.State.CANCELED)
                            .filter(booking -> booking.end().isAfter(from)
                                    && booking.start().isBefore(to))
                            .map(booking -> new BookingRow(
                                    booking.user().toString(),
                                    booking.start(),
                                    booking.end(),
                                    booking.state() == WorkforceBooking.State.COMMITTED))
                            .toList());
        }
    }
}
