package dev.lockstep.phone;

import dev.lockstep.configured.ConfiguredLines;
import dev.lockstep.configured.Connection;
import dev.lockstep.configured.LineName;
import dev.lockstep.store.Identities;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whose line it is that a phone tells of, by whichever of its names.
 *
 * <p>Several agents may share a device, such as the base of cordless phones: it tells whose call it is as long as the
 * call lasts, and at the end only itself and the call, or the account of another handset. So may a queue, a trunk or an
 * address that nobody configured. So who has a call under a name that is nobody's own is remembered, and asked for at
 * the end.
 */
record LineOwners(Identities identities, ConfiguredLines lines, CallPlaces places) {
    /** @param keys under which what the line tells stands: what is new under the first, what ends under any */
    record Owner(String agentId, List<String> keys) {}

    Optional<Owner> of(Connection connection, LineEvidence.Said said, Instant now) {
        Lookup lookup = new Lookup(connection);
        return CallPlaces.isEnd(said) ? ofEnd(lookup, said, now) : ofOther(lookup, said, now);
    }

    /** Asks the store for each name once: it lies in the way of every phone event. */
    private final class Lookup {
        private final Connection connection;
        private final Map<String, Optional<Owner>> found = new HashMap<>();
        private final Map<String, Optional<String>> lasts = new HashMap<>();

        Lookup(Connection connection) {
            this.connection = connection;
        }

        Optional<Owner> owner(String name) {
            return found.computeIfAbsent(
                    name,
                    any -> identities
                            .agentOf(Identities.line(connection.name(), name))
                            .map(agent -> new Owner(agent, lines.keysOf(connection.name(), name))));
        }

        Optional<String> last(String told, LineEvidence.Said said) {
            return lasts.computeIfAbsent(told, any -> places.last(connection, told, said));
        }

        boolean isKnown(String name) {
            return owner(name).isPresent();
        }
    }

    private Optional<Owner> ofOther(Lookup lookup, LineEvidence.Said said, Instant now) {
        Optional<String> first = said.lines().stream().filter(lookup::isKnown).findFirst();
        first.ifPresent(name -> remember(lookup, said, name, now));
        return first.or(() -> last(lookup, said)).flatMap(lookup::owner);
    }

    /** Who had the call there too, because it rang or was handed over, has an end of their own. */
    private Optional<Owner> ofEnd(Lookup lookup, LineEvidence.Said said, Instant now) {
        List<String> names = said.lines().stream().filter(lookup::isKnown).toList();
        Stream<String> had = names.stream().filter(name -> places.had(lookup.connection, said, name));
        Stream<String> last = last(lookup, said).stream().filter(lookup::isKnown);
        List<String> all = Stream.of(had, last, names.stream())
                .flatMap(some -> some)
                .distinct()
                .toList();
        all.stream().findFirst().ifPresent(line -> places.noteEnd(lookup.connection, said, line, now));
        return together(
                all.stream().flatMap(name -> lookup.owner(name).stream()).toList());
    }

    /** A phone whose address and account are two lines of one agent may have begun the call under either. */
    private static Optional<Owner> together(List<Owner> owners) {
        return owners.stream()
                .findFirst()
                .map(first -> new Owner(
                        first.agentId(),
                        owners.stream()
                                .filter(owner -> owner.agentId().equals(first.agentId()))
                                .flatMap(owner -> owner.keys().stream())
                                .distinct()
                                .toList()));
    }

    /**
     * Who has the call, as far as it was told. A device may name the account of any of its handsets with its own
     * address. With any other name, such as a queue's, somebody else may be named whom nobody configured: then it is
     * theirs.
     */
    private Optional<String> last(Lookup lookup, LineEvidence.Said said) {
        return said.lines().stream()
                .filter(told -> LineName.isMac(told) || lookup.isKnown(told))
                .flatMap(told -> lookup.last(told, said).stream())
                .findFirst()
                .or(() -> lastOfAll(lookup, said));
    }

    private Optional<String> lastOfAll(Lookup lookup, LineEvidence.Said said) {
        List<Optional<String>> found = said.lines().stream()
                .filter(told -> isWhole(told, said))
                .map(told -> lookup.last(told, said))
                .toList();
        return found.stream()
                .reduce((one, other) -> other.isPresent() ? one : other)
                .flatMap(last -> last);
    }

    /** What has its user part beside it leads nowhere that this does not lead to. */
    private static boolean isWhole(String told, LineEvidence.Said said) {
        return LineName.ofAccount(told).stream()
                .allMatch(name -> name.equals(told) || !said.lines().contains(name));
    }

    /** Only what the other names would not lead to at the end: it is written for every call. */
    private void remember(Lookup lookup, LineEvidence.Said said, String line, Instant now) {
        Optional<Owner> owner = lookup.owner(line);
        said.lines().stream()
                .filter(told -> !told.equals(line))
                .filter(told -> LineName.isMac(told)
                        || lookup.owner(told)
                                .map(other -> isAnotherLineOf(owner, other))
                                .orElseGet(() -> isWhole(told, said)))
                .forEach(told -> places.note(lookup.connection, told, said, line, now));
    }

    private static boolean isAnotherLineOf(Optional<Owner> owner, Owner other) {
        return owner.filter(one -> one.agentId().equals(other.agentId()) && !one.equals(other))
                .isPresent();
    }
}
