package dev.lockstep.protocol.entra;

import dev.lockstep.protocol.http.Origin;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** Tokens of one holder, one for each platform. */
final class TokenSlots implements Tokens {
    private final Function<Origin, AccessToken> source;
    private final InstantSource clock;
    private final ConcurrentMap<String, TokenSlot> slots = new ConcurrentHashMap<>();

    TokenSlots(Function<Origin, AccessToken> source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    @Override
    public AccessToken current(URI platform) {
        return slot(Origin.of(platform)).current();
    }

    @Override
    public AccessToken renewed(URI platform, AccessToken refused) {
        return slot(Origin.of(platform)).renewed(refused);
    }

    private TokenSlot slot(Origin platform) {
        return slots.computeIfAbsent(platform.toString(), any -> new TokenSlot(() -> source.apply(platform), clock));
    }
}
