package dev.lockstep.platform;

import dev.lockstep.mapping.InboundRule;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Status;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A platform that can be read, and on which people and the platform itself change things too. */
public interface ReadablePlatform extends Platform {
    /**
     * Reads many agents at once.
     *
     * @param externalIds any number; the adapter splits them by the platform's limit
     * @return by external id; who is missing there is unknown to the platform
     * @throws PlatformException if the platform did not answer
     */
    Map<String, Observation> read(Collection<String> externalIds);

    /** What an observation means, given what we wrote. Pure. */
    Interpretation interpret(Observation seen, Standing standing, Situation situation, Mapping mapping, Instant now);

    /**
     * The status that an observation shows, whoever set it; empty if none of ours comes near it. Pure.
     *
     * @param wanted is what shows if the platform has no other way to show it
     */
    Optional<Status> showing(Observation seen, Optional<Status> wanted, Mapping mapping);

    /** What an observation shows, in the platform's own words, as the mapping names it or a choice remembers it. Pure. */
    Optional<String> presence(Observation seen);

    /**
     * How what a person or the platform set there is read. Pure.
     *
     * @param presence in the platform's own words
     * @return empty where nobody knows what it means: it was deleted meanwhile
     */
    default Optional<InboundRule> reading(String presence, Mapping mapping) {
        return Optional.of(mapping.read(name(), presence).orElse(InboundRule.IGNORED));
    }

    /**
     * Whether what we write there can hide what the platform itself would show. Then it is read afresh, with our own
     * write taken back, before the agent becomes reachable for new work.
     */
    default boolean coversItsOwnFacts() {
        return false;
    }

    /**
     * What a read at that time would show, as far as it matters, if nothing has changed there since something was seen.
     * Pure.
     *
     * @return empty if that cannot be told; then everybody is looked at each time
     */
    default Optional<Observation> seenAgain(Observation seen, Instant at) {
        return Optional.empty();
    }

    /**
     * By which a look is known again: of one agent in one state, looks of one digest mean the same between two
     * {@link #turns}. It holds what shows and how that is read. Pure.
     *
     * @return empty if that cannot be told
     */
    default Optional<Long> digest(Observation seen, Mapping mapping) {
        return seenAgain(seen, seen.askedAt())
                .map(again -> Sight.digest(
                        again,
                        presence(seen)
                                .flatMap(presence -> reading(presence, mapping))
                                .orElse(InboundRule.IGNORED)));
    }

    /**
     * Times at which the same, seen again, may begin to mean something else, in any order: all with which
     * {@link #interpret} compares the time of a look or its own. Too many cost little, a missing one lets somebody be
     * passed over who has news. Pure.
     */
    default Stream<Instant> turns(Standing standing, Situation situation) {
        return Stream.empty();
    }

    /**
     * An observation, understood.
     *
     * @param signals what it says about the agent
     * @param standing what it says about our own writes
     * @param doubtful whether it may be our own former write that still shows: it proves nothing, not even the end of
     *     a call
     */
    record Interpretation(List<Signal> signals, Standing standing, boolean doubtful) {
        public Interpretation {
            signals = List.copyOf(signals);
        }

        public static Interpretation of(List<Signal> signals, Standing standing) {
            return new Interpretation(signals, standing, false);
        }

        public static Interpretation nothing(Standing standing) {
            return of(List.of(), standing);
        }

        public static Interpretation doubtful(Standing standing) {
            return new Interpretation(List.of(), standing, true);
        }
    }
}
