package dev.lockstep.simulation;

import dev.lockstep.concurrent.VirtualTime;
import dev.lockstep.mapping.InboundRule;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.mapping.MappingInvalid;
import dev.lockstep.platform.GivenPlatforms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What an administrator configures while everything runs, and what instances with old caches take for it. */
final class ChangingMappings {
    /** Instances read the mapping again after a minute. */
    private static final Duration CACHED = Duration.ofMinutes(1);

    /** What is configured, and what that makes of the shipped mapping. */
    private static final List<Configured> ALL = Stream.of(
                    "",
                    "order: [available, away, beRightBack, busy, inAMeeting, doNotDisturb, onACall, offline]",
                    "teams: {write: {beRightBack: {slot: preferred, show: Away/Away, expires: PT8H}}}",
                    "dynamics: {write: {busy: Busy - DND}}",
                    "dynamics: {read: {Training: {means: away, as: choice}, Wrap-up: ignore}}",
                    "teams: {read: {BeRightBack/BeRightBack: ignore, Away/Away: {means: away, as: fact}}}")
            .map(yaml -> new Configured(yaml, changed(yaml)))
            .toList();

    private record Configured(String yaml, Mapping mapping) {}

    private final VirtualTime time;
    private final FaultPlan faults;
    private final Dice dice;
    private final NavigableMap<Instant, Mapping> history =
            new TreeMap<>(Map.of(Instant.MIN, ALL.getFirst().mapping()));
    private Instant moment = Instant.MIN;
    private Instant readAt = Instant.MIN;

    ChangingMappings(Scenario scenario, VirtualTime time, FaultPlan faults) {
        this.time = time;
        this.faults = faults;
        this.dice = new Dice(scenario.seed(), "mapping", time);
    }

    private static Mapping changed(String yaml) {
        if (yaml.isEmpty()) {
            return GivenPlatforms.shippedMapping();
        }
        try {
            return GivenPlatforms.SCHEMA.mapping(List.of(MappingDocument.read(MappingDocument.DEFAULT, yaml)));
        } catch (MappingInvalid e) {
            throw new IllegalArgumentException(yaml, e);
        }
    }

    /** @return what an administrator applies now; blank for what is shipped */
    String change() {
        faults.note(FaultPlan.Kind.MAPPING_CHANGED);
        Configured next = ALL.get(dice.nextInt(ALL.size()));
        history.put(time.instant(), next.mapping());
        return next.yaml();
    }

    /** Whether what people pick has always been read as it is where nobody configures anything. */
    boolean readsAsShipped() {
        return history.values().stream()
                .allMatch(mapping ->
                        readings(mapping).equals(readings(ALL.getFirst().mapping())));
    }

    private static List<Map<String, InboundRule>> readings(Mapping mapping) {
        return Stream.of("dynamics", "teams")
                .map(mapping.platforms()::get)
                .map(Mapping.PlatformMapping::read)
                .toList();
    }

    /** As an administrator applied it last. */
    Mapping inForce() {
        return history.lastEntry().getValue();
    }

    /** As the instance that works in this moment takes it to be: for a while after a change, it may have an old one. */
    Mapping current() {
        Instant now = time.instant();
        if (!now.equals(moment)) {
            moment = now;
            readAt = hasOldCaches(now) ? now.minusMillis(dice.nextLong(CACHED.toMillis())) : now;
        }
        return history.floorEntry(readAt).getValue();
    }

    private boolean hasOldCaches(Instant now) {
        boolean isOld = history.lastKey().isAfter(now.minus(CACHED)) && dice.nextBoolean();
        if (isOld) {
            faults.note(FaultPlan.Kind.STALE_CACHE);
        }
        return isOld;
    }
}
