package dev.lockstep.presence;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the person picked, and what was taken back.
 *
 * @param known by source, the newest choice
 * @param withdrawals by source, when a choice was last taken back
 */
public record Choices(SortedMap<String, KnownChoice> known, SortedMap<String, SourceTime> withdrawals) {
    private static final int MOST = 100;

    public static final Choices NONE = new Choices(Collections.emptySortedMap(), Collections.emptySortedMap());

    /**
     * The newest choice that was made anywhere, if nobody took it back: choosing again ends every earlier one. Of two
     * made at one moment the stricter counts.
     */
    public Optional<KnownChoice> latest() {
        return newest().filter(choice -> !isWithdrawn(choice));
    }

    /** As {@link #latest}, of what has begun to count by then. */
    Optional<KnownChoice> latestBy(Instant now) {
        return newestOf(known.values().stream().flatMap(choice -> choice.countingBy(now)))
                .filter(choice -> !isWithdrawn(choice));
    }

    private Optional<KnownChoice> newest() {
        return newestOf(known.values().stream());
    }

    private static Optional<KnownChoice> newestOf(Stream<KnownChoice> choices) {
        return choices.max(
                Comparator.comparing((KnownChoice choice) -> choice.moment().at())
                        .thenComparing(KnownChoice::status)
                        .thenComparing(choice -> choice.source().name()));
    }

    /** The newest choice that was made there, if nobody took it back, whatever was chosen elsewhere since. */
    public Optional<KnownChoice> of(Source source) {
        return Optional.ofNullable(known.get(source.name())).filter(choice -> !isWithdrawn(choice));
    }

    /** The newest choice that was made there, unless it was taken back later than it was made: that is how one is misread. */
    public Optional<KnownChoice> madeAt(Source source) {
        SourceTime withdrawal = withdrawals.get(source.name());
        return Optional.ofNullable(known.get(source.name()))
                .filter(choice -> withdrawal == null || !withdrawal.isAfter(choice.moment()));
    }

    /** The choice that was made there and said what the latest does, if nothing else was chosen between the two. */
    public Optional<KnownChoice> saidAlready(Source source, KnownChoice latest) {
        return of(source)
                .filter(own -> known.values().stream()
                        .filter(other ->
                                !other.moment().at().isBefore(own.moment().at()))
                        .allMatch(other -> other.status() == latest.status()));
    }

    private boolean isWithdrawn(KnownChoice choice) {
        SourceTime withdrawal = withdrawals.get(choice.source().name());
        return withdrawal != null && !choice.moment().isAfter(withdrawal);
    }

    /** What was taken back at the moment at which it was made is read anew, with other knowledge: it was made after all. */
    Choices fold(Signal.Choice signal) {
        SortedMap<String, KnownChoice> next = new TreeMap<>(known);
        next.merge(signal.source().name(), KnownChoice.of(signal), Choices::newer);
        SortedMap<String, SourceTime> ends = new TreeMap<>(withdrawals);
        ends.computeIfPresent(signal.source().name(), (any, end) -> end.compareTo(signal.moment()) == 0 ? null : end);
        return new Choices(next, ends);
    }

    Choices fold(Signal.ChoiceWithdrawn signal) {
        SortedMap<String, SourceTime> next = new TreeMap<>(withdrawals);
        next.merge(signal.source().name(), signal.moment(), SourceTime::later);
        return new Choices(known, next);
    }

    /**
     * What an application said long ago is dropped where something newer was chosen: it never counts again, whatever is
     * told of it. Of too many the newest are kept: applications name themselves, and a mistaken one takes ever new names.
     */
    Choices forgetting(Instant now) {
        Instant longAgo = now.minus(KnownFact.REMEMBERED);
        SortedMap<String, KnownChoice> choices = new TreeMap<>(known);
        SortedMap<String, SourceTime> ends = new TreeMap<>(withdrawals);
        newest().ifPresent(newest -> {
            choices.values()
                    .removeIf(choice -> choice.source().isApplication()
                            && !choice.equals(newest)
                            && choice.moment().at().isBefore(longAgo));
            ends.entrySet()
                    .removeIf(end -> new Source(end.getKey()).isApplication()
                            && !choices.containsKey(end.getKey())
                            && end.getValue().at().isBefore(newest.moment().at())
                            && end.getValue().at().isBefore(longAgo));
        });
        return new Choices(
                Newest.of(
                        MOST,
                        choices,
                        Comparator.comparing(choice -> choice.moment().at())),
                Newest.of(MOST, ends, Comparator.comparing(SourceTime::at)));
    }

    Choices without(Source source) {
        SortedMap<String, KnownChoice> choices = new TreeMap<>(known);
        SortedMap<String, SourceTime> ends = new TreeMap<>(withdrawals);
        choices.remove(source.name());
        ends.remove(source.name());
        return new Choices(choices, ends);
    }

    /** Whether there are as many as may be kept. */
    boolean isFull() {
        return known.size() >= MOST || withdrawals.size() >= MOST;
    }

    /** Of one moment, what came later counts: it was read with more knowledge, or the clock has whole seconds only. */
    private static KnownChoice newer(KnownChoice old, KnownChoice news) {
        return old.moment().isAfter(news.moment()) ? old.after(news) : news.after(old);
    }
}
