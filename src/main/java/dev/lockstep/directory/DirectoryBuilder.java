package dev.lockstep.directory;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.directory.PeopleSource.Person;
import dev.lockstep.directory.PeopleSource.Reading;
import dev.lockstep.intake.Crew;
import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.platform.PlatformDescriptor;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Identities;
import dev.lockstep.store.StoreUnavailable;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Knows who is who: builds the dictionary of agents from the systems that know people. */
@Singleton
public final class DirectoryBuilder {
    private static final Logger LOG = Logger.getLogger(DirectoryBuilder.class);
    private static final int TRIES = 5;

    /** How many of those who left stand in the log; the answer has all of them. */
    private static final int NAMED = 20;

    /** Of the five minutes that the function has. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final PlatformCatalogue platforms;
    private final List<PeopleSource> sources;
    private final AgentStore store;
    private final Identities identities;
    private final Crew crew;
    private final InstantSource clock;

    @Inject
    public DirectoryBuilder(
            PlatformCatalogue platforms,
            @All List<PeopleSource> sources,
            AgentStore store,
            Identities identities,
            Crew crew,
            InstantSource clock) {
        this.platforms = platforms;
        this.sources = List.copyOf(sources);
        this.store = store;
        this.identities = identities;
        this.crew = crew;
        this.clock = clock;
    }

    /**
     * @param agents how many agents the sources know now
     * @param problems what keeps somebody from being synchronised, and who is no longer where they were found, in words
     */
    public record Result(int agents, List<String> problems) {
        public Result {
            problems = List.copyOf(problems);
        }
    }

    /** Reads everybody and takes in who is new or has changed. Who has left is named and stays an agent. */
    public Result build() {
        List<AgentState> before = agents();
        Set<String> agents = new HashSet<>();
        List<String> problems = new ArrayList<>();
        for (PeopleSource source : sources) {
            Reading reading = source.read();
            List<Person> people = reading.people();
            Map<Person, Enrolment> taken = takeAll(people);
            Set<String> met = new HashSet<>();
            for (Person person : people) {
                Enrolment enrolment = taken.getOrDefault(person, Enrolment.UNDONE);
                if (enrolment instanceof Enrolment.Agent agent && !met.add(agent.agentId())) {
                    problems.add(person.name() + " is the same agent as somebody else in " + source.name() + ": "
                            + advice(person));
                }
                problems.addAll(problems(person, enrolment, source));
            }
            Set<String> known = people.stream()
                    .flatMap(person -> recognised(person, taken.getOrDefault(person, Enrolment.UNDONE)))
                    .collect(Collectors.toSet());
            List<String> gone = before.stream()
                    .filter(agent -> !met.contains(agent.agentId()) && isGone(agent, source, known))
                    .map(AgentState::agentId)
                    .sorted()
                    .toList();
            problems.addAll(left(gone, reading, source));
            agents.addAll(met);
        }
        LOG.infof("directory agents=%d problems=%d", agents.size(), problems.size());
        return new Result(agents.size(), problems);
    }

    /** Read before the sources: whoever is taken in meanwhile is missing in neither. */
    private List<AgentState> agents() {
        try (Stream<AgentState> all = store.all()) {
            return all.filter(agent -> !agent.isRemoved())
                    .map(agent -> AgentState.of(agent.agentId(), agent.profile()))
                    .toList();
        }
    }

    /** Whoever could not be taken in may be anybody whom any of their names leads to. */
    private Stream<String> recognised(Person person, Enrolment enrolment) {
        return enrolment instanceof Enrolment.Agent ? identities(person.ids()) : names(person);
    }

    private static boolean isGone(AgentState agent, PeopleSource source, Set<String> known) {
        Map<String, String> ids = agent.profile().externalIds();
        return ids.containsKey(source.platform())
                && Stream.concat(identities(ids), Stream.of(Identities.of(AgentLookup.UPN, agent.agentId())))
                        .noneMatch(known::contains);
    }

    private static List<String> left(List<String> gone, Reading reading, PeopleSource source) {
        if (gone.isEmpty()) {
            return List.of();
        }
        if (!reading.isComplete()) {
            return List.of(source.name() + " did not tell who everybody is: nobody is said to have left; check what of"
                    + " users we may read there");
        }
        LOG.warnf(
                "%d agents are no longer among the representatives in %s: %s",
                gone.size(), source.name(), gone.stream().limit(NAMED).collect(Collectors.joining(", ")));
        return gone.stream()
                .map(agentId -> agentId + " is no longer among the representatives in " + source.name()
                        + ": remove them with config if they have left; who is read is decided by " + source.choice())
                .toList();
    }

    private Map<Person, Enrolment> takeAll(List<Person> people) {
        Set<String> read =
                people.stream().flatMap(person -> identities(person.ids())).collect(Collectors.toSet());
        Map<Person, Enrolment> taken = new ConcurrentHashMap<>();
        List<Crew.Job> jobs = people.stream()
                .map(person -> new Crew.Job(idOf(person), () -> taken.put(person, take(person, read::contains))))
                .toList();
        crew.work("directory", jobs, PATIENCE);
        return taken;
    }

    /** For the log, which has ids and no names: what their agent is called by default, else the id that a platform gives. */
    private String idOf(Person person) {
        return person.upn().isBlank()
                ? names(person).sorted().findFirst().orElse("somebody without any id")
                : person.upn().toLowerCase(Locale.ROOT);
    }

    private List<String> problems(Person person, Enrolment enrolment, PeopleSource source) {
        List<String> problems = new ArrayList<>();
        switch (enrolment) {
            case Enrolment.Agent(String agentId, Profile profile) ->
                problems.addAll(configuredOtherwise(person, profile, source));
            case Enrolment.Removed removed -> {}
            case Enrolment.OfAnother another ->
                problems.add(person.name() + " is not taken in: what " + person.upn()
                        + " names is the agent of somebody else, or of somebody who was removed: " + advice(person));
            case Enrolment.Nameless nameless ->
                problems.add(person.name() + " has no user principal name in " + source.name());
            case Enrolment.Undone undone ->
                problems.add(person.name() + " could not be taken in this time: the log of this function says why");
        }
        unknownByEntra(person)
                .forEach(where -> problems.add(person.name() + " has no Entra object id: not known in " + where));
        return problems;
    }

    /** The user principal name would find the other one's agent again. */
    private static String advice(Person person) {
        String ids = identities(person.ids()).sorted().collect(Collectors.joining(", "));
        return "configure them with an agentId of their own and the identities [" + ids + "]";
    }

    private List<String> unknownByEntra(Person person) {
        return platforms.byEntraObjectId().stream()
                .filter(platform -> person.entraObjectId().isEmpty())
                .filter(platform -> !person.ids().containsKey(platform.name()))
                .map(PlatformDescriptor::displayName)
                .toList();
    }

    /** An id that an administrator configured stays, even if the source or Entra knows the person by another one. */
    private List<String> configuredOtherwise(Person person, Profile profile, PeopleSource source) {
        return Stream.concat(
                        otherwise(person.ids(), profile).map(platform -> platform + " than in " + source.name()),
                        otherwise(byEntra(person), profile).map(platform -> platform + " than in Entra"))
                .map(where -> person.name() + " has another id in " + where
                        + ": it was configured and stays; configure the right one if it is wrong")
                .toList();
    }

    private static Stream<String> otherwise(Map<String, String> ids, Profile profile) {
        return ids.entrySet().stream()
                .filter(id -> !isTheirs(id, profile))
                .map(Map.Entry::getKey)
                .sorted();
    }

    private static Profile known(Optional<AgentState> stored) {
        return stored.map(AgentState::profile).orElseGet(() -> new Profile("", "", Map.of()));
    }

    /** What became of one person. */
    private sealed interface Enrolment {
        /** They are an agent: the one that any of their identities already belongs to, else their user principal name. */
        record Agent(String agentId, Profile profile) implements Enrolment {}

        /** An administrator removed them: they stay so until they are configured again. */
        record Removed() implements Enrolment {}

        /**
         * Nothing but their user principal name leads to an agent, who is somebody else: names are given again when people
         * leave or marry.
         */
        record OfAnother() implements Enrolment {}

        /** They have no user principal name, and nobody is known by their ids. */
        record Nameless() implements Enrolment {}

        /** Something went wrong, or there was no time; the next run tries it again. */
        record Undone() implements Enrolment {}

        Enrolment UNDONE = new Undone();
    }

    /**
     * Takes in one person, and tells which agent they are; empty if they are not to be one, or if only a reading of
     * everybody can tell whether their account was made anew or their name was another one's before.
     */
    public Optional<String> enrol(Person person) {
        return take(person, anybodys -> true) instanceof Enrolment.Agent(String agentId, Profile profile)
                ? Optional.of(agentId)
                : Optional.empty();
    }

    /** @param isSomebodys whether somebody has that identity now, as far as is known */
    private Enrolment take(Person person, Predicate<String> isSomebodys) {
        Optional<String> byAccount = agentOf(accounts(person));
        String agentId = byAccount
                .or(() -> agentOf(upn(person)))
                .orElseGet(() -> person.upn().toLowerCase(Locale.ROOT));
        if (agentId.isBlank()) {
            return new Enrolment.Nameless();
        }
        Optional<AgentState> stored = store.load(agentId);
        if (byAccount.isEmpty()
                && stored.filter(agent -> isAnother(agent, person, isSomebodys)).isPresent()) {
            return new Enrolment.OfAnother();
        }
        if (stored.filter(AgentState::isRemoved).isPresent()) {
            return new Enrolment.Removed();
        }
        Profile profile = remember(agentId, stored, person);
        if (missesIdentities(agentId, person, profile)) {
            identities.put(names(person, profile)
                    .collect(Collectors.toMap(name -> name, name -> agentId, (one, same) -> one)));
        }
        return new Enrolment.Agent(agentId, profile);
    }

    private Optional<String> agentOf(Stream<String> names) {
        return names.flatMap(identity -> identities.agentOf(identity).stream()).findFirst();
    }

    /** Of an agent to whom none of the person's accounts leads. */
    private static boolean isAnother(AgentState agent, Person person, Predicate<String> isSomebodys) {
        return person.ids().keySet().stream()
                .flatMap(platform -> agent.profile().externalId(platform).stream()
                        .filter(id -> !id.equalsIgnoreCase(person.ids().get(platform)))
                        .map(id -> Identities.of(platform, id)))
                .anyMatch(identity -> agent.isRemoved() || isSomebodys.test(identity));
    }

    private static Stream<String> identities(Map<String, String> ids) {
        return ids.entrySet().stream().map(id -> Identities.of(id.getKey(), id.getValue()));
    }

    private Stream<String> accounts(Person person) {
        return Stream.of(person.ids(), byEntra(person)).flatMap(DirectoryBuilder::identities);
    }

    private static Stream<String> upn(Person person) {
        return Stream.of(person.upn()).filter(upn -> !upn.isBlank()).map(upn -> Identities.of(AgentLookup.UPN, upn));
    }

    private Stream<String> names(Person person) {
        return Stream.concat(accounts(person), upn(person));
    }

    /** Without accounts instead of which others were configured: what those do is not the agent's. */
    private Stream<String> names(Person person, Profile profile) {
        Stream<String> ours = Stream.of(person.ids(), byEntra(person))
                .flatMap(ids -> ids.entrySet().stream())
                .filter(id -> isTheirs(id, profile))
                .map(id -> Identities.of(id.getKey(), id.getValue()));
        return Stream.concat(ours, upn(person));
    }

    private static boolean isTheirs(Map.Entry<String, String> id, Profile profile) {
        return profile.externalId(id.getKey())
                .filter(id.getValue()::equalsIgnoreCase)
                .isPresent();
    }

    /**
     * @return as they are stored now
     * @throws StoreUnavailable if somebody else changes them all the time
     */
    private Profile remember(String agentId, Optional<AgentState> found, Person person) {
        Optional<AgentState> stored = found;
        for (int i = 0; i < TRIES; i++) {
            AgentState before = stored.orElse(AgentState.of(agentId, known(stored)));
            Profile profile = profile(before.profile(), person);
            if (stored.isPresent() && profile.equals(before.profile())) {
                return profile;
            }
            try {
                store.save(moved(before, profile));
                forgetReplaced(agentId, before.profile(), profile);
                return profile;
            } catch (AgentStore.Conflict conflict) {
                LOG.debugf("agent=%s changed while it was taken in; once more", agentId);
                stored = conflict.stored();
            }
        }
        throw new StoreUnavailable("the agent " + agentId + " changes all the time", null);
    }

    /** What is known of the former account counts no more, and perhaps no message ever tells of the new one. */
    private AgentState moved(AgentState before, Profile profile) {
        AgentState next = before.movedTo(profile);
        return next.equals(before.with(profile)) ? next : next.dueBy(clock.instant());
    }

    private void forgetReplaced(String agentId, Profile before, Profile profile) {
        before.externalIds().forEach((platform, id) -> {
            String identity = Identities.of(platform, id);
            boolean replaced = !profile.externalId(platform).equals(Optional.of(id));
            if (replaced && identities.agentOf(identity).filter(agentId::equals).isPresent()) {
                identities.remove(identity);
            }
        });
    }

    private boolean missesIdentities(String agentId, Person person, Profile profile) {
        return names(person, profile)
                .anyMatch(identity ->
                        identities.agentOf(identity).filter(agentId::equals).isEmpty());
    }

    /** What Entra's id says of platforms that the source does not speak for. */
    private SortedMap<String, String> byEntra(Person person) {
        SortedMap<String, String> ids = new TreeMap<>();
        person.entraObjectId()
                .ifPresent(id -> platforms.byEntraObjectId().forEach(platform -> ids.put(platform.name(), id)));
        ids.keySet().removeAll(person.ids().keySet());
        return ids;
    }

    /**
     * What an administrator gave stays; what came from here follows, for people marry and accounts are made anew. Of whom
     * an earlier version stored, an id by Entra came from here if it equals Entra's of then.
     */
    private Profile profile(Profile known, Person person) {
        SortedMap<String, String> ids = new TreeMap<>(known.externalIds());
        ids.putAll(person.ids());
        byEntra(person).forEach((platform, id) -> {
            boolean ours = known.externalId(platform).equals(known.entraObjectId());
            if (ours || !ids.containsKey(platform)) {
                ids.put(platform, id);
            }
        });
        known.configured().ids().forEach(platform -> known.externalId(platform).ifPresent(id -> ids.put(platform, id)));
        boolean stays = known.configured().name() || person.name().isBlank();
        return new Profile(
                stays ? known.name() : person.name(),
                known.team(),
                ids,
                person.entraObjectId().or(known::entraObjectId),
                known.configured());
    }
}
