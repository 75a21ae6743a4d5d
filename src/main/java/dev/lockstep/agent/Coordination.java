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
 * @param lookAgainAt no look before then is the last: whoever looks may not know yet what an administrator has changed
 */
public record Coordination(
        List<Evidence> inbox,
        long version,
        Optional<Lease> lease,
        Optional<Instant> dueAt,
        Optional<Instant> lookAgainAt) {
    static final Coordination NEW =
            new Coordination(List.of(), 0, Optional.empty(), Optional.empty(), Optional.empty());

    public Coordination {
        inbox = List.copyOf(inbox);
    }

    Coordination with(List<Evidence> nextInbox, long nextVersion) {
        return new Coordination(nextInbox, nextVersion, lease, dueAt, lookAgainAt);
    }

    Coordination with(Optional<Lease> nextLease, Optional<Instant> nextDueAt) {
        return new Coordination(inbox, version, nextLease, nextDueAt, lookAgainAt);
    }

    Coordination appending(List<Evidence> news) {
        List<Evidence> all = Stream.concat(inbox.stream(), news.stream()).toList();
        return new Coordination(all, version + 1, lease, Optional.of(Instant.EPOCH), lookAgainAt);
    }

    Coordination appending(List<Evidence> news, Instant due) {
        List<Evidence> all = Stream.concat(inbox.stream(), news.stream()).toList();
        return new Coordination(all, version, lease, Optional.of(due), lookAgainAt);
    }

    Coordination lookingAgain(Optional<Instant> at) {
        return new Coordination(inbox, version, lease, dueAt, at);
    }

    Coordination dueBy(Instant latest) {
        return with(lease, Optional.of(dueAt.filter(latest::isAfter).orElse(latest)));
    }
}
