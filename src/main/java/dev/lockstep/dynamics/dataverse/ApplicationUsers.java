package dev.lockstep.dynamics.dataverse;

import dev.lockstep.platform.Shares;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.entra.EntraTokens;
import dev.lockstep.protocol.entra.Tokens;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * As which application users presences are written. Dataverse keeps nothing by the application that wrote it, so an agent
 * is written by whoever they belong to now. The first one, of lockstep.entra, reads as well.
 */
@Singleton
public final class ApplicationUsers {
    private static final String PLATFORM = "dynamics";
    private static final String KEY = "lockstep.dynamics.registrations";

    private final Tokens first;
    private final Shares shares;
    private final List<EntraTokens> others;

    @Inject
    ApplicationUsers(DataverseSettings settings, EntraSettings entra, EntraTokens tokens) {
        this(tokens, shares(settings, entra), others(settings, tokens));
    }

    private ApplicationUsers(Tokens first, Shares shares, List<EntraTokens> others) {
        this.first = first;
        this.shares = shares;
        this.others = List.copyOf(others);
    }

    /** One that does all. */
    public static ApplicationUsers one(Tokens tokens) {
        return new ApplicationUsers(tokens, Shares.ONE, List.of());
    }

    /**
     * Who they are, by client id. In the name of another user all write at that user's expense: then there is but one.
     *
     * @throws IllegalArgumentException if one has no client id, or one is there twice
     */
    public static Shares shares(DataverseSettings settings, EntraSettings entra) {
        if (settings.registrations().isEmpty() || DataverseConnection.caller(settings) != null) {
            return Shares.ONE;
        }
        List<String> ids = new ArrayList<>();
        ids.add(entra.clientId().map(ApplicationUsers::folded).orElse(""));
        for (int i = 0; i < settings.registrations().size(); i++) {
            String key = key(i) + ".client-id";
            String id = settings.registrations()
                    .get(i)
                    .clientId()
                    .map(ApplicationUsers::folded)
                    .orElseThrow(() -> new IllegalArgumentException(key + " is not set"));
            if (ids.contains(id)) {
                throw new IllegalArgumentException(key + " is the client id of another registration too");
            }
            ids.add(id);
        }
        return new Shares(ids);
    }

    private static List<EntraTokens> others(DataverseSettings settings, EntraTokens tokens) {
        List<EntraTokens> all = new ArrayList<>();
        for (int i = 0; i < settings.registrations().size(); i++) {
            all.add(tokens.as(settings.registrations().get(i), key(i)));
        }
        return all;
    }

    private static String key(int index) {
        return KEY + "[" + index + "]";
    }

    private static String folded(String id) {
        return id.strip().toLowerCase(Locale.ROOT);
    }

    Tokens reading() {
        return first;
    }

    /** Whoever an agent belongs to. */
    ApplicationUser of(String agentId) {
        return named(shares.of(agentId));
    }

    List<ApplicationUser> all() {
        return shares.names().stream().map(this::named).toList();
    }

    private ApplicationUser named(String name) {
        int index = shares.names().indexOf(name);
        return new ApplicationUser(name, index == 0 ? first : others.get(index - 1), shares.budget(PLATFORM, name));
    }

    /** When the first certificate of the further ones ends; empty where none tells. */
    public Optional<Instant> credentialExpiry() {
        return others.stream().flatMap(one -> one.credentialExpiry().stream()).min(Comparator.naturalOrder());
    }

    /**
     * @param clientId blank if there is but one
     * @param budget what its quota is called
     */
    record ApplicationUser(String clientId, Tokens tokens, String budget) {}
}
