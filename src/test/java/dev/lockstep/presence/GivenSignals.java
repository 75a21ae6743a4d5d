package dev.lockstep.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Signals of a working day, short to write down. Times are minutes after nine o'clock. */
final class GivenSignals {
    static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
    static final Source DESK = Source.phone("desk");
    static final Source WFM = Source.schedule("dynamics");
    static final String LINE = "1042";
    static final Duration HOLD = Duration.ofSeconds(165);

    private GivenSignals() {}

    static Instant at(double minute) {
        return NINE.plusMillis((long) (minute * 60_000));
    }

    static SourceTime moment(double minute) {
        return SourceTime.at(at(minute));
    }

    static Situation situation(Signal... signals) {
        return Situation.unknown().fold(List.of(signals));
    }

    static Signal call(String id, CallState state, double minute) {
        return new Signal.Call(DESK, moment(minute), LINE, id, state, false);
    }

    static Signal weakCall(String id, CallState state, double minute) {
        return new Signal.Call(DESK, moment(minute), LINE, id, state, true);
    }

    static Signal calls(double minute, String... ids) {
        return new Signal.Calls(DESK, moment(minute), LINE, Set.of(ids), false);
    }

    static Signal fact(Source source, String key, Status status, double minute) {
        return new Signal.Fact(source, moment(minute), key, status, Optional.empty());
    }

    static Signal factUntil(Source source, String key, Status status, double minute, double until) {
        return new Signal.Fact(source, moment(minute), key, status, Optional.of(at(until)));
    }

    static Signal factEnded(Source source, String key, double minute) {
        return new Signal.FactEnded(source, moment(minute), key);
    }

    static Signal choice(Source source, Status status, double minute) {
        return new Signal.Choice(source, moment(minute), status, Optional.empty(), Optional.empty());
    }

    static Signal withdrawn(Source source, double minute) {
        return new Signal.ChoiceWithdrawn(source, moment(minute));
    }

    static Signal login(double minute) {
        return new Signal.SignedIn(Source.DYNAMICS, moment(minute), true);
    }

    static Signal back(double minute) {
        return new Signal.SignedIn(Source.DYNAMICS, moment(minute), false);
    }

    static Signal logout(double minute) {
        return new Signal.SignedOut(Source.DYNAMICS, moment(minute), at(minute));
    }

    static Signal lost(double minute) {
        return new Signal.SignedOut(Source.DYNAMICS, moment(minute), at(minute).plus(HOLD));
    }

    /** @param minutes start and end of each shift, one after the other */
    static Signal shifts(double toldAt, double from, double... minutes) {
        List<Shift> shifts = IntStream.range(0, minutes.length / 2)
                .mapToObj(i -> new Shift(at(minutes[2 * i]), at(minutes[2 * i + 1])))
                .toList();
        return new Signal.Shifts(WFM, moment(toldAt), at(from), shifts);
    }

    /** Any news of a day, each of a time of its own, from a handful of sources. */
    static final class AnyDay {
        private static final List<Source> SOURCES =
                List.of(DESK, Source.TEAMS, Source.DYNAMICS, Source.application("crm"));
        private final RandomGenerator random;
        private final Set<Integer> taken = new HashSet<>();

        AnyDay(RandomGenerator random) {
            this.random = random;
        }

        List<Signal> signals(int count) {
            return Stream.generate(this::signal).limit(count).toList();
        }

        /** Told again, and in any order. */
        List<Signal> shuffled(List<Signal> signals) {
            List<Signal> all = new ArrayList<>(signals);
            signals.stream().filter(signal -> random.nextInt(3) == 0).forEach(all::add);
            for (int i = all.size() - 1; i > 0; i--) {
                all.set(i, all.set(random.nextInt(i + 1), all.get(i)));
            }
            return all;
        }

        private double minute() {
            int minute = random.nextInt(600);
            while (!taken.add(minute)) {
                minute = random.nextInt(600);
            }
            return minute;
        }

        private Signal signal() {
            double minute = minute();
            return switch (random.nextInt(12)) {
                case 0, 1, 2 ->
                    new Signal.Call(
                            one(SOURCES), moment(minute), LINE, one(List.of("a", "b")), one(CallState.values()), false);
                case 3 -> calls(minute, random.nextBoolean() ? new String[] {"a"} : new String[0]);
                case 4, 5 ->
                    new Signal.Fact(
                            one(SOURCES), moment(minute), "presence", one(Status.values()), perhapsLater(minute));
                case 6 -> factEnded(one(SOURCES), "presence", minute);
                case 7, 8 ->
                    new Signal.Choice(
                            one(SOURCES),
                            moment(minute),
                            one(Status.values()),
                            perhapsLater(minute),
                            perhapsLater(minute + 60));
                case 9 -> withdrawn(one(SOURCES), minute);
                case 10 -> random.nextBoolean() ? login(minute) : back(minute);
                default -> random.nextBoolean() ? logout(minute) : lost(minute);
            };
        }

        private Optional<Instant> perhapsLater(double minute) {
            return random.nextBoolean() ? Optional.of(at(minute + 1 + random.nextInt(90))) : Optional.empty();
        }

        private <T> T one(List<T> all) {
            return all.get(random.nextInt(all.size()));
        }

        private <T> T one(T[] all) {
            return all[random.nextInt(all.length)];
        }
    }
}
