package dev.lockstep.phone;

import dev.lockstep.configured.Connections;
import dev.lockstep.configured.Secrets;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.protocol.signature.StandardWebhooks;
import dev.lockstep.store.Control;
import dev.lockstep.store.Identities;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the phone systems together. */
@Singleton
final class PhoneBeans {
    @Produces
    @Singleton
    PhoneWebhook events(
            Connections connections,
            Secrets secrets,
            StandardWebhooks signatures,
            Identities identities,
            Control control,
            EvidenceIntake desk,
            PhoneMeter meter) {
        return new PhoneWebhook(
                connections,
                secrets,
                signatures,
                identities,
                control,
                (agentId, news) -> desk.take(agentId, news, "phone-event"),
                meter);
    }
}
