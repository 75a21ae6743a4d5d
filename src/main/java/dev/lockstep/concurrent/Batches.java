package dev.lockstep.concurrent;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A list in pieces that a store takes in one call. */
public final class Batches {
    private Batches() {}

    public static <T> Stream<List<T>> of(List<T> all, int size) {
        return IntStream.iterate(0, start -> start < all.size(), start -> start + size)
                .mapToObj(start -> all.subList(start, Math.min(start + size, all.size())));
    }
}
