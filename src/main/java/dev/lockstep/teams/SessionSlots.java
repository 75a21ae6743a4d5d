package dev.lockstep.teams;

import static dev.lockstep.teams.TeamsPlatform.SESSION;

import dev.lockstep.platform.Ledger;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Shares;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * In which slots our sessions stand: with everybody in Teams each of our app registrations can have one of its own
 * (Graph, presence-setPresence). That of the first is {@link TeamsPlatform#SESSION}, and so is the only one's.
 *
 * @param shares the registrations that agents belong to, by client id
 * @param retired client ids of those that nobody belongs to any more, and that take back what they hold
 */
public record SessionSlots(Shares shares, List<String> retired) {
    public static final SessionSlots ONE = new SessionSlots(Shares.ONE, List.of());

    private static final String FURTHER = SESSION + "#";

    /** Of a client id: enough to tell a handful of them apart, and short where it is stored. */
    private static final int KEPT = 8;

    /** @throws IllegalArgumentException if two begin alike */
    public SessionSlots {
        retired = List.copyOf(retired);
        List<String> further =
                further(shares, retired).map(SessionSlots::further).toList();
        if (further.stream().distinct().count() < further.size()) {
            throw new IllegalArgumentException("two client ids of app registrations for Teams begin alike: " + further);
        }
    }

    /** Client ids of all but the first. */
    private static Stream<String> further(Shares shares, List<String> retired) {
        return Stream.concat(shares.names().stream().skip(1), retired.stream());
    }

    private static String further(String clientId) {
        return FURTHER + clientId.substring(0, Math.min(KEPT, clientId.length()));
    }

    /** Where the session of whoever the agent belongs to stands. */
    String of(String agentId) {
        String clientId = shares.of(agentId);
        return clientId.equals(shares.names().getFirst()) ? SESSION : further(clientId);
    }

    /** Whose session stands there, by client id; blank for the first; empty for one that is not configured any more. */
    Optional<String> owner(String slot) {
        return slot.equals(SESSION)
                ? Optional.of("")
                : further(shares, retired)
                        .filter(clientId -> further(clientId).equals(slot))
                        .findFirst();
    }

    /**
     * Where a session may stand that is not of whoever the agent belongs to now. One whose owner is not configured any more
     * cannot be taken back: Teams ends it.
     */
    List<String> former(Ledger ledger, String agentId) {
        String own = of(agentId);
        return in(ledger)
                .filter(slot -> !slot.equals(own) && owner(slot).isPresent())
                .toList();
    }

    /** Where sessions of ours may stand. */
    static Stream<String> in(Ledger ledger) {
        return ledger.held().keySet().stream().filter(SessionSlots::isOne);
    }

    /** Our newest session that may stand, whoever it belongs to. */
    static Optional<LedgerEntry> held(Ledger ledger, Instant now) {
        return in(ledger).flatMap(slot -> ledger.heldIn(slot, now).stream()).max(Comparator.comparing(LedgerEntry::at));
    }

    static boolean isOne(String slot) {
        return slot.equals(SESSION) || slot.startsWith(FURTHER);
    }
}
