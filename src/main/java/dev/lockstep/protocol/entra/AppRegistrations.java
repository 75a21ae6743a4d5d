package dev.lockstep.protocol.entra;

import dev.lockstep.platform.Shares;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The app registrations by which we act on one platform, each with a quota of its own: that of lockstep.entra, the first,
 * and further ones of the same directory. Agents are shared out among those that are not retired.
 */
public final class AppRegistrations {
    private final Shares shares;
    private final List<Registration> all;
    private final List<EntraTokens> further;

    /**
     * One of them.
     *
     * @param clientId blank for the first if all agents are its own
     * @param budget what its quota is called
     */
    public record Registration(String clientId, String budget, Tokens tokens) {}

    private AppRegistrations(Shares shares, List<Registration> all, List<EntraTokens> further) {
        this.shares = shares;
        this.all = List.copyOf(all);
        this.further = List.copyOf(further);
    }

    /** One that does all. */
    public static AppRegistrations one(String platform, Tokens tokens) {
        return new AppRegistrations(Shares.ONE, List.of(new Registration("", platform, tokens)), List.of());
    }

    /**
     * @param key prefix of the settings of the further ones, without their index
     * @param first its tokens
     * @throws IllegalArgumentException as {@link #shares} says
     */
    public static <R extends AppRegistration> AppRegistrations of(
            String platform,
            String key,
            List<R> others,
            Predicate<R> isRetired,
            EntraSettings entra,
            EntraTokens first) {
        Shares shares = shares(key, others, isRetired, entra);
        List<Registration> all = new ArrayList<>();
        all.add(registration(platform, shares.names().getFirst(), shares, first));
        List<EntraTokens> further = new ArrayList<>();
        for (int i = 0; i < others.size(); i++) {
            EntraTokens tokens = first.as(others.get(i), key + "[" + i + "]");
            further.add(tokens);
            all.add(registration(platform, folded(others.get(i).clientId().orElseThrow()), shares, tokens));
        }
        return new AppRegistrations(shares, all, further);
    }

    private static Registration registration(String platform, String clientId, Shares shares, Tokens tokens) {
        return new Registration(clientId, shares.budget(platform, clientId), tokens);
    }

    /**
     * Among whom agents are shared out, by client id.
     *
     * @param key prefix of the settings of the further ones, without their index
     * @throws IllegalArgumentException if one has no client id, or one is there twice
     */
    public static <R extends AppRegistration> Shares shares(
            String key, List<R> others, Predicate<R> isRetired, EntraSettings entra) {
        List<String> known = new ArrayList<>(List.of(folded(entra.clientId().orElse(""))));
        List<String> sharing = new ArrayList<>(known);
        for (int i = 0; i < others.size(); i++) {
            String setting = key + "[" + i + "].client-id";
            String id = others.get(i)
                    .clientId()
                    .map(AppRegistrations::folded)
                    .orElseThrow(() -> new IllegalArgumentException(setting + " is not set"));
            if (known.contains(id)) {
                throw new IllegalArgumentException(setting + " is the client id of another registration too");
            }
            known.add(id);
            if (!isRetired.test(others.get(i))) {
                sharing.add(id);
            }
        }
        return sharing.size() == 1 ? Shares.ONE : new Shares(sharing);
    }

    /** Client ids of those that nobody belongs to any more. */
    public static <R extends AppRegistration> List<String> retired(List<R> others, Predicate<R> isRetired) {
        return others.stream()
                .filter(isRetired)
                .flatMap(one -> one.clientId().stream())
                .map(AppRegistrations::folded)
                .toList();
    }

    private static String folded(String id) {
        return id.strip().toLowerCase(Locale.ROOT);
    }

    public Shares shares() {
        return shares;
    }

    public Registration first() {
        return all.getFirst();
    }

    /** Whoever an agent belongs to. */
    public Registration of(String agentId) {
        String clientId = shares.of(agentId);
        return all.stream()
                .filter(one -> one.clientId().equals(clientId))
                .findFirst()
                .orElseThrow();
    }

    /** Retired ones too. */
    public List<Registration> all() {
        return all;
    }

    /** When the first certificate of the further ones ends; empty where none tells. */
    public Optional<Instant> credentialExpiry() {
        return further.stream().flatMap(one -> one.credentialExpiry().stream()).min(Comparator.naturalOrder());
    }
}
