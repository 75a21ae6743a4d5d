package dev.lockstep.phone;

import dev.lockstep.agent.Control;
import dev.lockstep.agent.Identities;
import dev.lockstep.agent.NewsDesk;
import dev.lockstep.platform.Connections;
import dev.lockstep.platform.Secrets;
import dev.lockstep.platform.signature.StandardWebhooks;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the phone systems together. */
@Singleton
final class PhoneBeans {
    @Produces
    @Singleton
    PhoneEvents events(
            Connections connections,
            Secrets secrets,
            StandardWebhooks signatures,
            Identities identities,
            Control control,
            NewsDesk desk) {
        return new PhoneEvents(
                connections,
                secrets,
                signatures,
                identities,
                control,
                (agentId, news) -> desk.take(agentId, news, "phone-event"));
    }
}
