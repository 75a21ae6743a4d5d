package dev.lockstep.directory;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.Profile;
import dev.lockstep.dynamics.DynamicsPlatform;
import dev.lockstep.dynamics.dataverse.OmnichannelApi;
import dev.lockstep.dynamics.dataverse.OmnichannelApi.StatusRow;
import dev.lockstep.dynamics.dataverse.OmnichannelApi.UserRow;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Identities;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Knows who is who: builds the dictionary of agents from Dataverse, where a representative's row names the same person's
 * object in Entra.
 */
public final class DirectoryBuilder {
    private static final Logger LOG = Logger.getLogger(DirectoryBuilder.class);
    private static final int TRIES = 5;

    private final OmnichannelApi api;
    private final AgentStore store;
    private final Identities identities;

    public DirectoryBuilder(OmnichannelApi api, AgentStore store, Identities identities) {
        this.api = api;
        this.store = store;
        this.identities = identities;
    }

    /**
     * @param agents how many representatives are known now
     * @param problems what keeps somebody from being synchronised, in words
     */
    public record Result(int agents, List<String> problems) {
        public Result {
            problems = List.copyOf(problems);
        }
    }

    /** Reads everybody and takes in who is new or has changed. */
    public Result build() {
        Map<String, UserRow> users = new LinkedHashMap<>();
        for (StatusRow row : api.statuses()) {
            row.user().filter(UserRow::enabled).ifPresent(user -> users.put(user.systemUserId(), user));
        }
        api.users().stream().filter(UserRow::enabled).forEach(user -> users.put(user.systemUserId(), user));
        List<String> problems = new ArrayList<>();
        int agents = 0;
        for (UserRow user : users.values()) {
            if (enrol(user).isPresent()) {
                agents++;
            } else {
                problems.add(user.fullName() + " has no user principal name in Dataverse");
            }
            if (user.entraObjectId().isBlank()) {
                problems.add(user.fullName() + " has no Entra object id: not known in Teams");
            }
        }
        LOG.infof("directory agents=%d problems=%d", agents, problems.size());
        return new Result(agents, problems);
    }

    /**
     * Takes in one representative.
     *
     * @return the agent's id: the one that any of the representative's identities already belongs to, else the user
     *     principal name in lower case; empty if there is none
     */
    public Optional<String> enrol(UserRow user) {
        String upn = user.upn().toLowerCase(Locale.ROOT);
        Map<String, String> names = names(user);
        Optional<String> known = names.keySet().stream()
                .flatMap(identity -> identities.agentOf(identity).stream())
                .findFirst();
        Optional<String> agentId = known.or(() -> Optional.of(upn).filter(id -> !id.isBlank()));
        agentId.ifPresent(id -> {
            if (remember(id, user)) {
                names.replaceAll((identity, unset) -> id);
                identities.put(names);
            }
        });
        return agentId;
    }

    private static Map<String, String> names(UserRow user) {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(Identities.of(DynamicsPlatform.NAME, user.systemUserId()), "");
        if (!user.entraObjectId().isBlank()) {
            names.put(Identities.of("teams", user.entraObjectId()), "");
        }
        if (!user.upn().isBlank()) {
            names.put(Identities.of(AgentLookup.UPN, user.upn()), "");
        }
        return names;
    }

    /** @return whether anything was new */
    private boolean remember(String agentId, UserRow user) {
        for (int i = 0; i < TRIES; i++) {
            Optional<AgentState> stored = store.load(agentId);
            AgentState before = stored.orElseGet(() -> AgentState.of(agentId, new Profile("", "", Map.of())));
            Profile profile = profile(before.profile(), user);
            if (stored.isPresent() && profile.equals(before.profile())) {
                return missesIdentities(agentId, user);
            }
            try {
                store.save(before.with(profile));
                return true;
            } catch (AgentStore.Conflict conflict) {
                LOG.debugf("agent=%s changed while it was taken in; once more", agentId);
            }
        }
        return false;
    }

    private boolean missesIdentities(String agentId, UserRow user) {
        return names(user).keySet().stream()
                .anyMatch(identity ->
                        identities.agentOf(identity).filter(agentId::equals).isEmpty());
    }

    /** A name that an administrator gave stays; ids come from Dataverse. */
    private static Profile profile(Profile known, UserRow user) {
        SortedMap<String, String> ids = new TreeMap<>(known.externalIds());
        ids.put(DynamicsPlatform.NAME, user.systemUserId());
        if (!user.entraObjectId().isBlank()) {
            ids.putIfAbsent("teams", user.entraObjectId());
        }
        return new Profile(known.name().isBlank() ? user.fullName() : known.name(), known.team(), ids);
    }
}
