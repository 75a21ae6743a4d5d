package dev.lockstep.phone;

import dev.lockstep.configured.Secrets;
import dev.lockstep.protocol.signature.StandardWebhooks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The phone systems that come with Lockstep. */
public final class GivenPhoneSystems {
    private GivenPhoneSystems() {}

    /** For whoever only asks what they are. */
    public static List<PhoneSystem> all() {
        return of(reference -> reference, new StandardWebhooks(InstantSource.system(), Duration.ofMinutes(5)));
    }

    public static List<PhoneSystem> of(Secrets secrets, StandardWebhooks signatures) {
        return List.of(new Yealink(secrets), new Generic(secrets, signatures));
    }
}
