package dev.lockstep.dynamics;

import dev.lockstep.mapping.EvidenceKind;
import dev.lockstep.mapping.InboundRule;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.mapping.OutboundRule;
import dev.lockstep.presence.Status;
import dev.lockstep.presence.Strictness;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the organisation's presences mean by a team's mapping, and which of them carries a status. */
record PresenceMeanings(PresenceCatalogue presences, Mapping mapping) {
    /** By its name, by its text, or, for one that no mapping names so, by its base status. */
    InboundRule of(String presenceId) {
        return mapping.read(DynamicsPlatform.NAME, presences.nameOf(presenceId))
                .or(() -> byText(presenceId))
                .or(() -> presences.baseOf(presenceId).map(base -> new InboundRule(base, EvidenceKind.CHOICE)))
                .orElse(new InboundRule(Status.BUSY, EvidenceKind.CHOICE));
    }

    private Optional<InboundRule> byText(String presenceId) {
        return presences
                .statusTextOf(presenceId)
                .flatMap(text -> mapping.read(DynamicsPlatform.NAME, text))
                .filter(rule -> rule.is(EvidenceKind.IGNORE)
                        || presences
                                .baseOf(presenceId)
                                .filter(base -> promisesMore(rule.status(), base))
                                .isEmpty());
    }

    /** A text that says Available or Busy where routing offers less is not believed. */
    private static boolean promisesMore(Status text, Status base) {
        return isOpen(text) && (!isOpen(base) || Strictness.USUAL.isStricter(base, text));
    }

    /** The presence by which we show a status: of those that the mapping names, the first that exists. */
    Optional<String> carrierOf(Status status) {
        return mapping.write(DynamicsPlatform.NAME, status).map(OutboundRule::values).stream()
                .flatMap(List::stream)
                .flatMap(name -> presences.idOf(name).stream())
                .findFirst();
    }

    /** Whether the organisation's presences were ever read. */
    boolean areKnown() {
        return !presences.rows().isEmpty();
    }

    /** Whether the organisation has it, as far as was read: else what it means is only guessed. */
    boolean isKnown(String presenceId) {
        return presences.isThere(presenceId);
    }

    /** What routing sees of it. */
    Optional<Status> baseOf(String presenceId) {
        return presences.baseOf(presenceId);
    }

    /**
     * Whether Dynamics shows it at an arrival because it is the user's own, the default at sign-in or what was picked before
     * the connection was lost, and not computed from work, as Available, Busy, and Do not disturb beside open work are.
     */
    boolean isOwnAtArrival(String presenceId, boolean atWork) {
        boolean isMissedWork = isForMissedWork(presenceId) || of(presenceId).is(EvidenceKind.FACT);
        return !isMissedWork && isNotOfWork(presenceId, atWork);
    }

    private boolean isNotOfWork(String presenceId, boolean atWork) {
        return switch (baseOf(presenceId).orElseGet(() -> of(presenceId).status())) {
            case AWAY, BE_RIGHT_BACK, OFFLINE -> true;
            case DO_NOT_DISTURB, IN_A_MEETING, ON_A_CALL -> !atWork;
            case AVAILABLE, BUSY -> false;
        };
    }

    boolean isForMissedWork(String presenceId) {
        return presences.isForMissedWork(presenceId);
    }

    /** Whether a person may still have picked that presence, and meant this status by it. */
    boolean isStillFor(String presenceId, Status status) {
        InboundRule reading = of(presenceId);
        return presences.isThere(presenceId) && reading.is(EvidenceKind.CHOICE) && reading.status() == status;
    }

    boolean carries(String presenceId, Status status) {
        return carrierOf(status).filter(presenceId::equals).isPresent();
    }

    /** Whether routing may offer work to somebody shown so: workstreams allow Available and Busy. */
    boolean letsWorkIn(String presenceId) {
        return presences.baseOf(presenceId).map(PresenceMeanings::isOpen).orElse(true);
    }

    /** Whether routing may offer work to somebody whom we show so. */
    boolean isShownOpen(Status status) {
        return carrierOf(status)
                .flatMap(presences::baseOf)
                .filter(PresenceMeanings::isOpen)
                .isPresent();
    }

    private static boolean isOpen(Status base) {
        return base == Status.AVAILABLE || base == Status.BUSY;
    }

    /** The status that we show by that presence, if we write it at all. */
    private Optional<Status> carriedBy(String presenceId) {
        return Arrays.stream(Status.values())
                .filter(status -> carries(presenceId, status))
                .findFirst();
    }

    /** A presence that nobody is taken to have chosen and that we write: whenever it is seen, it is a write of ours. */
    boolean isOnlyOurs(String presenceId) {
        return of(presenceId).is(EvidenceKind.IGNORE) && carriedBy(presenceId).isPresent();
    }

    /** What is shown by it. A presence that only we write means what we write it for. */
    Optional<Status> shownBy(String presenceId) {
        InboundRule reading = of(presenceId);
        return reading.is(EvidenceKind.IGNORE)
                ? carriedBy(presenceId).or(() -> presences.baseOf(presenceId))
                : Optional.of(reading.status());
    }
}
