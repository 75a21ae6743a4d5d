package dev.lockstep.phone;

import dev.lockstep.configured.Connections;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.store.Control;
import dev.lockstep.store.Identities;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Puts the phone systems together. */
@Singleton
final class PhoneBeans {
    @Produces
    @Singleton
    PhoneWebhook events(
            Connections connections,
            @All List<PhoneSystem> systems,
            Identities identities,
            Control control,
            EvidenceIntake intake,
            PhoneMeter meter) {
        return new PhoneWebhook(connections, systems, identities, control, intake, meter);
    }
}
