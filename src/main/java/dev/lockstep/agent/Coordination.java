package dev.lockstep.agent;

import dev.lockstep.platform.Evidence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * By what several invocations agree who works on an agent, and when.
 *
 * @param inbox news that came while somebody else held the lease; the holder folds it in before it lets go
 * @param version rises with every change of the item, whoever makes it; 0 if it is not stored yet
 * @param dueAt when the sweep must look at the agent even if nothing happens
 */
public record Coordination(List<Evidence> inbox, long version, Optional<Lease> lease, Optional<Instant> dueAt) {
    static final Coordination NEW = new Coordination(List.of(), 0, Optional.empty(), Optional.empty());

    public Coordination {
        inbox = List.copyOf(inbox);
    }

    Coordination with(List<Evidence> nextInbox, long nextVersion) {
        return new Coordination(nextInbox, nextVersion, lease, dueAt);
    }

    Coordination with(Optional<Lease> nextLease, Optional<Instant> nextDueAt) {
        return new Coordination(inbox, version, nextLease, nextDueAt);
    }

    Coordination appending(List<Evidence> news) {
        List<Evidence> all = Stream.concat(inbox.stream(), news.stream()).toList();
        return new Coordination(all, version + 1, lease, Optional.of(Instant.EPOCH));
    }

    Coordination appending(List<Evidence> news, Instant due) {
        List<Evidence> all = Stream.concat(inbox.stream(), news.stream()).toList();
        return new Coordination(all, version, lease, Optional.of(due));
    }

    Coordination dueBy(Instant latest) {
        return with(lease, Optional.of(dueAt.filter(latest::isAfter).orElse(latest)));
    }
}
