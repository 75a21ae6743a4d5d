package dev.lockstep.dynamics;

import dev.lockstep.dynamics.dataverse.OmnichannelApi;
import dev.lockstep.mapping.EvidenceKind;
import dev.lockstep.mapping.InboundRule;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.mapping.OutboundRule;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.Standing;
import dev.lockstep.platform.Subject;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Dynamics 365 Contact Center: a platform with a single slot that routes work.
 *
 * <p>What we write replaces what the person had, so we put it back: the person's latest choice, or Available or Busy by
 * the work in hand. Nothing tells our writes from others' but our own ledger: a row that shows what we hold is ours.
 */
public final class DynamicsPlatform implements ReadablePlatform {
    public static final String NAME = "dynamics";
    static final String SLOT = "presence";

    private final OmnichannelApi api;
    private final Supplier<PresenceCatalogue> catalogue;
    private final DynamicsSettings rules;
    private final InstantSource clock;

    DynamicsPlatform(
            OmnichannelApi api, Supplier<PresenceCatalogue> catalogue, DynamicsSettings rules, InstantSource clock) {
        this.api = api;
        this.catalogue = catalogue;
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Plan plan(DesiredPresence wish, Standing standing, Instant now) {
        if (wish.status().isEmpty()) {
            return Plan.nothing(Condition.IN_SYNC, "nothing is wanted here");
        }
        if (!wish.signedIn()) {
            return Plan.nothing(Condition.NOT_SIGNED_IN, "applied when the agent signs in to Dynamics 365");
        }
        PresenceCatalogue presences = catalogue.get();
        Status status = wish.status().get();
        Optional<String> target = target(wish, standing, presences, status);
        if (target.isEmpty()) {
            return Plan.nothing(
                    Condition.UNMAPPED, "no presence carries " + status.label() + ": create it or change the mapping");
        }
        return plan(new Aim(wish, status, target.get()), standing, presences, now);
    }

    /** What is aimed at: a status, and the presence that shows it. */
    private record Aim(DesiredPresence wish, Status status, String presenceId) {}

    private Plan plan(Aim aim, Standing standing, PresenceCatalogue presences, Instant now) {
        Optional<LedgerEntry> held = standing.ledger().heldIn(SLOT, now);
        Optional<String> shown = standing.observed().map(StatusView::new).flatMap(StatusView::presenceId);
        boolean showsIt = shown.filter(aim.presenceId()::equals).isPresent();
        boolean awaited = held.filter(entry -> entry.outcome() == LedgerEntry.Outcome.DONE)
                .filter(entry -> entry.value().equals(aim.presenceId()))
                .isPresent();
        if (awaited && !showsIt) {
            return isCrossed(aim, standing, held.get(), presences)
                    ? write(aim, held.map(LedgerEntry::value), now, presences).overwriting()
                    : awaiting(aim, standing, held, presences, now);
        }
        if (awaited) {
            return Plan.nothing(Condition.IN_SYNC, "");
        }
        boolean uncertain = held.filter(entry -> entry.outcome() != LedgerEntry.Outcome.SEEN)
                .isPresent();
        if (showsIt && !uncertain) {
            return Plan.nothing(Condition.IN_SYNC, "");
        }
        boolean ours = uncertain || shown.isEmpty() || isOurs(shown.get(), held, presences, aim.wish());
        Optional<String> ourValue = held.map(LedgerEntry::value).or(() -> shown);
        return ours ? write(aim, ourValue, now, presences) : amongPeople(aim, standing, presences, now);
    }

    /**
     * Somebody, or a sign-in, let work in just when we kept it away. Whose write came last cannot be told before ours shows, so ours is
     * made once more at once.
     */
    private static boolean isCrossed(Aim aim, Standing standing, LedgerEntry held, PresenceCatalogue presences) {
        Optional<StatusView> theirs = standing.observed()
                .map(StatusView::new)
                .filter(view -> view.presenceAt().isAfter(held.at()));
        return standing.ledger().unseenRepeats(SLOT) == 1
                && aim.wish().decision().demanded().isPresent()
                && theirs.flatMap(StatusView::presenceId)
                        .map(id -> meaning(id, presences, aim.wish().mapping()).status())
                        .filter(status -> aim.wish().isStricter(aim.status(), status))
                        .isPresent();
    }

    /**
     * Written and accepted: the row has to show it before anything else is believed. If it never does, it is written
     * again, each time after twice the wait.
     */
    private Plan awaiting(
            Aim aim, Standing standing, Optional<LedgerEntry> held, PresenceCatalogue presences, Instant now) {
        int repeats = standing.ledger().unseenRepeats(SLOT);
        Instant end = held.orElseThrow().at().plus(rules.echoWindow().multipliedBy(1L << Math.max(0, repeats - 1)));
        if (!now.isBefore(end)) {
            return write(aim, held.map(LedgerEntry::value), now, presences);
        }
        Plan waiting = repeats == 1
                ? Plan.nothing(Condition.PENDING, "written, not yet shown")
                : Plan.nothing(Condition.UNCONFIRMED, "accepted, but Dynamics 365 does not show it");
        return waiting.reviewedAt(end);
    }

    /** @param before the presence that we hold there or that shows */
    private Plan write(Aim aim, Optional<String> before, Instant now, PresenceCatalogue presences) {
        LedgerEntry step = new LedgerEntry(SLOT, aim.presenceId(), now, Optional.empty(), LedgerEntry.Outcome.INTENDED);
        Plan plan = Plan.write(List.of(step), Optional.of(now.plus(rules.echoWindow())));
        return releases(aim, before, presences) ? plan.releasing() : plan;
    }

    /** Whether work would be offered again that was kept away, by "On a call" or by anything as strict. */
    private static boolean releases(Aim aim, Optional<String> before, PresenceCatalogue presences) {
        DesiredPresence wish = aim.wish();
        return wish.isStricter(Status.ON_A_CALL, aim.status())
                && before.filter(presence -> carries(presence, Status.ON_A_CALL, presences, wish.mapping())
                                || !wish.isStricter(
                                        Status.ON_A_CALL,
                                        meaning(presence, presences, wish.mapping())
                                                .status()))
                        .isPresent();
    }

    /** Whether that is the presence by which we show a status. */
    private static boolean carries(String presenceId, Status status, PresenceCatalogue presences, Mapping mapping) {
        return presenceFor(mapping, presences, status)
                .filter(presenceId::equals)
                .isPresent();
    }

    /**
     * Somebody else set what is shown. It is overwritten with a newer choice made elsewhere, or when it lets in work
     * that facts keep away; everything else stays.
     */
    private Plan amongPeople(Aim aim, Standing standing, PresenceCatalogue presences, Instant now) {
        StatusView view = new StatusView(standing.observed().orElseThrow());
        Status theirs = meaning(
                        view.presenceId().orElseThrow(), presences, aim.wish().mapping())
                .status();
        DesiredPresence wish = aim.wish();
        boolean unprotected = wish.decision().demanded().isPresent() && wish.isStricter(aim.status(), theirs);
        boolean chosenElsewhere = wish.choiceMadeElsewhere(NAME)
                .filter(choice -> choice.moment().at().isAfter(view.presenceAt()))
                .filter(choice -> choice.status() == aim.status())
                .isPresent();
        boolean liftsSystem = !view.isByPerson() && !wish.isStricter(aim.status(), theirs);
        if (unprotected || (chosenElsewhere && !liftsSystem)) {
            return write(aim, view.presenceId(), now, presences).overwriting();
        }
        if (!wish.isStricter(theirs, aim.status())) {
            return Plan.nothing(Condition.IN_SYNC, "");
        }
        return view.isByPerson()
                ? Plan.nothing(Condition.HELD_BY_PERSON, "set by hand in Dynamics 365; ends when changed there")
                : Plan.nothing(Condition.IN_SYNC, "Dynamics 365 shows its own work");
    }

    private boolean isOurs(
            String shown, Optional<LedgerEntry> held, PresenceCatalogue presences, DesiredPresence wish) {
        return held.map(entry -> entry.value().equals(shown)).orElse(false)
                || isOnlyOurs(shown, presences, wish.mapping());
    }

    private static Optional<String> target(
            DesiredPresence wish, Standing standing, PresenceCatalogue presences, Status status) {
        boolean works = standing.observed()
                .map(StatusView::new)
                .flatMap(StatusView::conversations)
                .filter(count -> count > 0)
                .isPresent();
        boolean atWork =
                status == Status.AVAILABLE && works && wish.decision().choice().isEmpty();
        return presenceFor(wish.mapping(), presences, atWork ? Status.BUSY : status);
    }

    static Optional<String> presenceFor(Mapping mapping, PresenceCatalogue presences, Status status) {
        return mapping.write(NAME, status).map(OutboundRule::values).stream()
                .flatMap(List::stream)
                .flatMap(name -> presences.idOf(name).stream())
                .findFirst();
    }

    /** What a presence means: by its name, by its text, or, for one that no mapping names, by its base status. */
    static InboundRule meaning(String presenceId, PresenceCatalogue presences, Mapping mapping) {
        return mapping.read(NAME, presences.nameOf(presenceId))
                .or(() -> presences.statusTextOf(presenceId).flatMap(text -> mapping.read(NAME, text)))
                .or(() -> presences.baseOf(presenceId).map(base -> new InboundRule(base, EvidenceKind.CHOICE)))
                .orElse(new InboundRule(Status.BUSY, EvidenceKind.CHOICE));
    }

    /** A presence that nobody is taken to have chosen and that we write: whenever it is seen, it is a write of ours. */
    private static boolean isOnlyOurs(String presenceId, PresenceCatalogue presences, Mapping mapping) {
        return meaning(presenceId, presences, mapping).is(EvidenceKind.IGNORE)
                && carried(presenceId, presences, mapping).isPresent();
    }

    /** A presence that only we write means what we write it for. */
    @Override
    public Optional<Status> showing(Observation seen, Mapping mapping) {
        PresenceCatalogue presences = catalogue.get();
        return new StatusView(seen).presenceId().flatMap(id -> {
            InboundRule reading = meaning(id, presences, mapping);
            return reading.is(EvidenceKind.IGNORE)
                    ? carried(id, presences, mapping).or(() -> presences.baseOf(id))
                    : Optional.of(reading.status());
        });
    }

    /** The status that we show by that presence, if we write it at all. */
    private static Optional<Status> carried(String id, PresenceCatalogue presences, Mapping mapping) {
        return Arrays.stream(Status.values())
                .filter(status -> carries(id, status, presences, mapping))
                .findFirst();
    }

    @Override
    public void perform(LedgerEntry step, Subject subject, Standing standing) {
        api.modify(subject.externalId(), step.value());
    }

    @Override
    public Map<String, Observation> read(Collection<String> externalIds) {
        Instant asked = clock.instant();
        Map<String, Observation> seen = new HashMap<>();
        for (OmnichannelApi.StatusRow row : api.statuses(externalIds)) {
            seen.put(row.systemUserId(), new Observation(NAME, asked, row.fields()));
        }
        return seen;
    }

    @Override
    public Interpretation interpret(
            Observation seen, Standing standing, Situation situation, Mapping mapping, Instant now) {
        return new StatusInterpreter(catalogue.get(), mapping, rules, now).read(seen, standing, situation);
    }
}
