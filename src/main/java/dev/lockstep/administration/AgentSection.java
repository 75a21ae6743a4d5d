package dev.lockstep.administration;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Configured;
import dev.lockstep.agent.Profile;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.document.Suggestions;
import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.store.Identities;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The agents of a request. What is not named of an agent stays.
 *
 * <p>The directory gives every representative an agent whose id is their user principal name. When an administrator
 * later names one of their identities under another id, that agent is taken over: the new id goes on with all that was
 * known, and the old one is removed, for two agents for one person would be two writers on every platform.
 */
final class AgentSection {
    private static final List<String> FIELDS =
            List.of("agentId", "name", "team", "identities", GivenParts.FROM_DIRECTORY, "remove");

    /** It stands in URLs and in front of identities. */
    private static final Pattern ID = Pattern.compile("[^\\p{C}\\p{Z}\\s/\\\\#?%\"<>|]{1,128}");

    private static final int MAX_NAME_CHARACTERS = 200;

    private final PlatformCatalogue platforms;
    private final List<String> names;
    private final KnownAgents people;
    private final Draft draft;
    private final Map<String, Wanted> wanted = new LinkedHashMap<>();
    private final Map<String, String> claims = new HashMap<>();

    AgentSection(PlatformCatalogue platforms, KnownAgents people, Draft draft) {
        this.platforms = platforms;
        this.names = Stream.concat(platforms.withIdentities().stream(), Stream.of(Upn.PLATFORM))
                .toList();
        this.people = people;
        this.draft = draft;
    }

    /** One entry of the request. */
    private record Wanted(
            String agentId, EntryReader form, SortedMap<String, LocatedText> identities, boolean remove) {}

    void read(List<EntryReader> forms) {
        forms.forEach(this::gather);
        wanted.values().stream().filter(Wanted::remove).forEach(agent -> ifReadable(agent, this::remove));
        wanted.values().stream().filter(agent -> !agent.remove()).forEach(agent -> ifReadable(agent, this::change));
    }

    private static void ifReadable(Wanted agent, Consumer<Wanted> work) {
        try {
            work.accept(agent);
        } catch (KnownAgents.Unreadable why) {
            agent.form().mistake("agentId", why.getMessage());
        }
    }

    /** Whom a text means, the request's own agents before the stored ones; nobody who is to be removed. */
    Optional<String> called(String text) {
        return requested(text)
                .or(() -> people.called(text).map(id -> draft.renamed.getOrDefault(id, id)))
                .filter(id -> !draft.removed.contains(id));
    }

    /** The same among the request's own agents alone. */
    Optional<String> requested(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        Optional<String> byId = wanted.keySet().stream()
                .filter(id -> id.toLowerCase(Locale.ROOT).equals(lower))
                .findFirst();
        return byId.or(() -> Optional.ofNullable(claims.get(lower)))
                .or(() -> names.stream()
                        .flatMap(platform ->
                                Optional.ofNullable(
                                        claims.get(Identities.of(platform, platforms.spelled(platform, text))))
                                        .stream())
                        .findFirst())
                .filter(id -> !wanted.get(id).remove());
    }

    private void gather(EntryReader form) {
        form.only(FIELDS);
        SortedMap<String, LocatedText> identities = identities(form);
        boolean remove = form.removes();
        agentId(form, identities).ifPresent(id -> {
            if (wanted.putIfAbsent(id, new Wanted(id, form, identities, remove)) != null) {
                form.mistake("agentId", "the agent " + id + " stands here twice; keep one");
            } else if (!remove) {
                identities.forEach((platform, given) -> claim(id, platform, given));
            }
        });
    }

    private Optional<String> agentId(EntryReader form, Map<String, LocatedText> identities) {
        Optional<LocatedText> given =
                form.text("agentId").filter(text -> !text.text().isBlank());
        Optional<String> byUpn =
                Optional.ofNullable(identities.get(Upn.PLATFORM)).map(upn -> Upn.agentId(upn.text()));
        if (given.isEmpty() && byUpn.isEmpty()) {
            form.mistake("agentId", "an agent needs an id; add agentId, or an identity upn#<user principal name>");
        }
        given.filter(text -> !ID.matcher(text.text()).matches())
                .ifPresent(
                        text -> text.tell(
                                draft.mistakes,
                                "an agent's id stands in URLs: at most 128 characters, without blanks, slashes and # ? % \" < >"));
        return given.map(LocatedText::text).or(() -> byUpn);
    }

    private SortedMap<String, LocatedText> identities(EntryReader form) {
        SortedMap<String, LocatedText> identities = new TreeMap<>();
        for (LocatedText given : form.texts("identities")) {
            identity(given).ifPresent(platform -> {
                String id = platforms.spelled(platform, given.text().substring(platform.length() + 1));
                if (identities.putIfAbsent(platform, new LocatedText(id, given.place(), given.path())) != null) {
                    given.tell(draft.mistakes, "an agent has one identity on " + platform + "; keep one");
                }
            });
        }
        return identities;
    }

    /** The platform of a well-formed identity. */
    private Optional<String> identity(LocatedText given) {
        int sharp = given.text().indexOf('#');
        String platform = sharp < 0 ? "" : given.text().substring(0, sharp).toLowerCase(Locale.ROOT);
        String id = given.text().substring(sharp + 1).strip();
        if (sharp < 1 || id.isEmpty()) {
            given.tell(
                    draft.mistakes,
                    "an identity is <platform>#<id>, such as "
                            + platforms.exampleIdentities().collect(Collectors.joining(", "))
                            + " or upn#<user principal name>");
        } else if (platform.equals("phone")) {
            given.tell(draft.mistakes, "a phone's line is given under lines, with connection, line and agent");
        } else if (!names.contains(platform)) {
            given.tell(draft.mistakes, "\"" + platform + "\" is no platform; " + Suggestions.hint(platform, names));
        } else if (KnownAgents.isTooLong(given.text())) {
            given.tell(draft.mistakes, "an identity has at most " + AgentLookup.LONGEST + " characters; correct it");
        } else {
            warnIfOdd(given, platform, id);
            return Optional.of(platform);
        }
        return Optional.empty();
    }

    private void warnIfOdd(LocatedText given, String platform, String id) {
        if (platform.equals(Upn.PLATFORM) && !Upn.is(id)) {
            given.tell(draft.warnings, "this does not look like a user principal name, name@domain");
        }
        platforms
                .identities(platform)
                .filter(form -> !form.isUsual(id))
                .ifPresent(form -> given.tell(
                        draft.warnings, "an id on " + platform + " usually is " + form.usually() + "; check it"));
    }

    private void claim(String agentId, String platform, LocatedText given) {
        String identity = Identities.of(platform, given.text());
        String other = claims.putIfAbsent(identity, agentId);
        if (other != null && !other.equals(agentId)) {
            given.tell(draft.mistakes, identity + " is claimed by " + other + " too; it belongs to one agent");
        }
    }

    private void remove(Wanted agent) {
        Optional<AgentState> stored = people.stored(agent.agentId());
        if (stored.isEmpty()) {
            draft.warnings.add(
                    agent.form().branch().place(),
                    agent.form().path().text(),
                    "there is no agent " + agent.agentId() + "; nothing to remove");
            return;
        }
        draft.removed.add(agent.agentId());
        draft.change("agent " + agent.agentId(), "removed");
    }

    private void forget(String agentId, String platform, String id) {
        String identity = Identities.of(platform, id);
        if (!claims.containsKey(identity)
                && people.holder(identity).filter(agentId::equals).isPresent()) {
            draft.forgotten.put(identity, agentId);
        }
    }

    private void change(Wanted agent) {
        Set<String> others = new LinkedHashSet<>();
        agent.identities()
                .forEach((platform, given) -> holder(agent, platform, given).ifPresent(others::add));
        if (others.size() > 1) {
            agent.form()
                    .mistake(
                            "identities",
                            "these identities belong to several agents: " + String.join(", ", others)
                                    + "; check whose they are");
            return;
        }
        Optional<AgentState> own = people.evenRemoved(agent.agentId());
        Optional<AgentState> takenOver = others.stream().findFirst().flatMap(people::evenRemoved);
        boolean hasPast =
                own.filter(state -> !state.profile().externalIds().isEmpty()).isPresent();
        Optional<AgentState> origin = hasPast ? own : takenOver.or(() -> own);
        Profile profile = profile(agent, own, takenOver);
        takenOver.ifPresent(other -> takeOver(agent, other));
        own.ifPresent(state -> forgetReplaced(agent.agentId(), state.profile(), profile));
        bind(agent.agentId(), profile);
        if (takenOver.isPresent()
                || own.map(AgentState::profile).filter(profile::equals).isEmpty()) {
            draft.agents.add(new Draft.Agent(agent.agentId(), profile, origin));
            String how = takenOver
                    .map(other -> "takes over " + other.agentId())
                    .or(() -> own.filter(state -> !state.isRemoved())
                            .map(state -> "changed: " + difference(state.profile(), profile)))
                    .orElse("added");
            draft.change("agent " + agent.agentId(), how);
        }
    }

    /** Another agent who has to give way; a mistake if they may not. */
    private Optional<String> holder(Wanted agent, String platform, LocatedText given) {
        String identity = Identities.of(platform, given.text());
        Optional<String> holder = people.holder(identity)
                .filter(id -> !id.equals(agent.agentId()))
                .filter(id -> people.evenRemoved(id).isPresent())
                .filter(id -> !givesUp(id, platform, given));
        Optional<String> configured =
                holder.filter(id -> !isGone(id)).filter(id -> !Upn.is(id) || wanted.containsKey(id));
        configured.ifPresent(id -> given.tell(
                draft.mistakes,
                identity + " belongs to the agent " + id
                        + "; remove it there in the same request, or name that agent"));
        return configured.isPresent() ? Optional.empty() : holder;
    }

    /** Whoever was removed gives way, and what we hold for them on the platforms goes along. */
    private boolean isGone(String agentId) {
        return (draft.removed.contains(agentId) && !draft.renamed.containsKey(agentId))
                || people.stored(agentId).isEmpty();
    }

    private boolean givesUp(String agentId, String platform, LocatedText given) {
        Wanted other = wanted.get(agentId);
        return other != null
                && other.identities().containsKey(platform)
                && !other.identities().get(platform).text().equals(given.text());
    }

    /** Without a name of the administrator's the directory gives the one that Dynamics has. */
    private Profile profile(Wanted agent, Optional<AgentState> own, Optional<AgentState> takenOver) {
        SortedMap<String, String> externalIds = new TreeMap<>();
        takenOver.ifPresent(state -> externalIds.putAll(state.profile().externalIds()));
        own.ifPresent(state -> externalIds.putAll(state.profile().externalIds()));
        agent.identities().forEach((platform, given) -> externalIds.put(platform, given.text()));
        Optional<Profile> before = own.or(() -> takenOver).map(AgentState::profile);
        String name = text(agent.form(), "name");
        GivenParts given = new GivenParts(agent.form(), name, agent.identities().keySet());
        return new Profile(
                name.isBlank() ? before.map(Profile::name).orElse("") : name,
                agent.form().names("team")
                        ? text(agent.form(), "team")
                        : before.map(Profile::team).orElse(""),
                externalIds,
                before.flatMap(Profile::entraObjectId),
                given.after(configured(own, takenOver)));
    }

    /** The name of whom they go on as; each id that of whom it is. */
    private static Configured configured(Optional<AgentState> own, Optional<AgentState> takenOver) {
        Configured first = own.or(() -> takenOver)
                .map(state -> state.profile().configured())
                .orElse(Configured.NOTHING);
        SortedSet<String> ids = new TreeSet<>();
        takenOver.ifPresent(state -> ids.addAll(state.profile().configured().ids()));
        own.ifPresent(state -> {
            ids.removeAll(state.profile().externalIds().keySet());
            ids.addAll(state.profile().configured().ids());
        });
        return first.withIds(ids);
    }

    private static String text(EntryReader form, String field) {
        String text = form.text(field).map(LocatedText::text).orElse("");
        if (text.length() > MAX_NAME_CHARACTERS) {
            form.mistake(field, "at most " + MAX_NAME_CHARACTERS + " characters; make it shorter");
        }
        return text;
    }

    private void takeOver(Wanted agent, AgentState other) {
        String before = draft.renamed.putIfAbsent(other.agentId(), agent.agentId());
        if (before != null) {
            agent.form()
                    .mistake(
                            "identities",
                            "the identities of " + other.agentId() + " are claimed by " + before
                                    + " too; give all of them to one agent");
        }
        draft.removed.add(other.agentId());
        draft.identities.put(Identities.of(Upn.PLATFORM, other.agentId()), agent.agentId());
    }

    private void bind(String agentId, Profile profile) {
        profile.externalIds().forEach((platform, id) -> {
            String identity = Identities.of(platform, id);
            if (people.holder(identity).filter(agentId::equals).isEmpty()) {
                draft.identities.put(identity, agentId);
            }
        });
    }

    private void forgetReplaced(String agentId, Profile old, Profile next) {
        old.externalIds().forEach((platform, id) -> {
            if (!id.equalsIgnoreCase(next.externalIds().get(platform))) {
                forget(agentId, platform, id);
            }
        });
    }

    private static String difference(Profile old, Profile next) {
        List<String> changed = new ArrayList<>();
        if (!old.name().equals(next.name())) {
            changed.add("name");
        }
        if (!old.team().equals(next.team())) {
            changed.add("team \"" + old.team() + "\" becomes \"" + next.team() + "\"");
        }
        if (!old.externalIds().equals(next.externalIds())) {
            changed.add("identities");
        }
        List<String> kept = GivenParts.more(next.configured(), old.configured());
        if (!kept.isEmpty()) {
            changed.add("the directory no longer changes " + String.join(" and ", kept));
        }
        List<String> left = GivenParts.more(old.configured(), next.configured());
        if (!left.isEmpty()) {
            changed.add("the directory changes " + String.join(" and ", left) + " again");
        }
        return String.join(", ", changed);
    }
}
