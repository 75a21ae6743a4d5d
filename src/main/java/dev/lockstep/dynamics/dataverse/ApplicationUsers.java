package dev.lockstep.dynamics.dataverse;

import dev.lockstep.platform.Shares;
import dev.lockstep.protocol.entra.AppRegistrations;
import dev.lockstep.protocol.entra.EntraSettings;
import dev.lockstep.protocol.entra.EntraTokens;
import dev.lockstep.protocol.entra.Tokens;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * As which application users presences are written. Dataverse keeps nothing by the application that wrote it, so an agent
 * is written by whoever they belong to now. The first one, of lockstep.entra, reads as well.
 */
@Singleton
public final class ApplicationUsers {
    private static final String PLATFORM = "dynamics";
    private static final String KEY = "lockstep.dynamics.registrations";

    private final AppRegistrations registrations;

    @Inject
    ApplicationUsers(DataverseSettings settings, EntraSettings entra, EntraTokens tokens) {
        this(AppRegistrations.of(PLATFORM, KEY, further(settings), one -> false, entra, tokens));
    }

    private ApplicationUsers(AppRegistrations registrations) {
        this.registrations = registrations;
    }

    /** One that does all. */
    public static ApplicationUsers one(Tokens tokens) {
        return new ApplicationUsers(AppRegistrations.one(PLATFORM, tokens));
    }

    /**
     * Who they are, by client id.
     *
     * @throws IllegalArgumentException if one has no client id, or one is there twice
     */
    public static Shares shares(DataverseSettings settings, EntraSettings entra) {
        return AppRegistrations.shares(KEY, further(settings), one -> false, entra);
    }

    /** In the name of another user all write at that user's expense: then there is but one. */
    private static List<DataverseSettings.Registration> further(DataverseSettings settings) {
        return DataverseConnection.caller(settings) == null ? settings.registrations() : List.of();
    }

    Tokens reading() {
        return registrations.first().tokens();
    }

    /** Whoever an agent belongs to. */
    AppRegistrations.Registration of(String agentId) {
        return registrations.of(agentId);
    }

    List<AppRegistrations.Registration> all() {
        return registrations.all();
    }

    /** When the first certificate of the further ones ends; empty where none tells. */
    public Optional<Instant> credentialExpiry() {
        return registrations.credentialExpiry();
    }
}
