package dev.lockstep.platform;

import dev.lockstep.mapping.Mapping;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.KnownChoice;
import dev.lockstep.presence.Status;
import java.util.Optional;

/** What is wanted of somebody, where it is all the same for whom. */
public final class GivenWish {
    public static final String AGENT = "rita@contoso.com";

    private GivenWish() {}

    public static DesiredPresence of(Decision decision, boolean signedIn, Mapping mapping) {
        return of(decision, signedIn, mapping, Optional.empty(), Optional.empty());
    }

    public static DesiredPresence of(
            Decision decision, boolean signedIn, Mapping mapping, Optional<Status> own, Optional<KnownChoice> picked) {
        return new DesiredPresence(decision, signedIn, mapping, own, picked, AGENT);
    }
}
