package dev.lockstep.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that a run is made from: the same scenario runs the same way again.
 *
 * @param pace how long, on average, somebody does one thing after the other
 * @param faultRate how often each call, delivery and step goes wrong
 * @param leftOut names of the actions and faults that do not happen, to cut a failing run down
 * @param variant the product, or one that is broken on purpose
 */
record Scenario(
        long seed,
        int agents,
        Instant start,
        Duration length,
        Duration pace,
        double faultRate,
        Set<String> leftOut,
        Variant variant) {

    /** An ordinary day, a night shift, and both nights in which Europe changes its clocks. */
    private static final List<Instant> STARTS = List.of(
            Instant.parse("2026-03-03T08:00:00Z"),
            Instant.parse("2026-06-30T21:45:00Z"),
            Instant.parse("2026-03-29T00:45:00Z"),
            Instant.parse("2026-10-25T00:45:00Z"));

    private static final double[] FAULT_RATES = {0, 0.002, 0.01, 0.03};
    private static final int[] PACES = {10, 30, 90};

    Scenario {
        leftOut = Set.copyOf(leftOut);
    }

    /** Everything else is drawn from the seed. */
    static Scenario of(long seed) {
        Random random = new Random(seed * 0x9e3779b97f4a7c15L);
        return new Scenario(
                seed,
                1 + random.nextInt(3),
                STARTS.get(random.nextInt(STARTS.size())),
                Duration.ofMinutes(10 + random.nextInt(50)),
                Duration.ofSeconds(PACES[random.nextInt(PACES.length)]),
                FAULT_RATES[random.nextInt(FAULT_RATES.length)],
                Set.of(),
                Variant.PRODUCT);
    }

    /** Whether many callers put down at once, while Dynamics' messages take seconds and overtake each other. */
    boolean isHectic() {
        return seed % 3 == 0;
    }

    /** Whether only few of the phones' addresses are set. */
    boolean setsFewUrls() {
        return seed % 3 == 1;
    }

    /** Whether phone systems give no sequence. */
    boolean countsNothing() {
        return seed % 4 == 1;
    }

    /** Whether something between phone systems and us brings some events late. */
    boolean hasSlowForwarder() {
        return seed % 5 == 2;
    }

    /** Some environments of Dynamics know no milliseconds. */
    boolean tellsWholeSeconds() {
        return seed % 5 == 4;
    }

    /** Whether a version that knows no pulses was at work until now: for ten minutes the index is not relied on. */
    boolean isJustUpgraded() {
        return seed % 4 == 2;
    }

    /** Whether each person has a presence of their own that Dynamics shows at their sign-in. */
    boolean hasDefaultPresences() {
        return seed % 11 == 3;
    }

    /** Whether two conversations are as many as anybody can have. */
    boolean hasLittleCapacity() {
        return seed % 7 == 2;
    }

    /** Whether desk phones are handed to others, even during a call. */
    boolean sharesDeskPhones() {
        return seed % 7 == 5;
    }

    /** Whether a second app registration shares the work in Teams for a while. */
    boolean sharesTeams() {
        return seed % 6 == 4;
    }

    /** Whether an administrator makes somebody's account in Entra anew, as of who comes back to the company. */
    boolean makesAccountsAnew() {
        return seed % 7 == 6;
    }

    /** Whether the mapping is changed when nobody does anything any more that would bring the change along. */
    boolean isConfiguredLate() {
        return seed % 8 == 3;
    }

    /** Whether somebody's item cannot be read when all that is due is left to the sweep. */
    boolean hasSomebodyUnreadableLate() {
        return seed % 8 == 5;
    }

    Scenario with(Variant other) {
        return new Scenario(seed, agents, start, length, pace, faultRate, leftOut, other);
    }

    Scenario lasting(Duration other) {
        return new Scenario(seed, agents, start, other, pace, faultRate, leftOut, variant);
    }

    Scenario without(Set<String> more) {
        Set<String> all = new TreeSet<>(leftOut);
        all.addAll(more);
        return new Scenario(seed, agents, start, length, pace, faultRate, all, variant);
    }
}
