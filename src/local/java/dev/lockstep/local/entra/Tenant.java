package dev.lockstep.local.entra;

import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** One tenant: its app registrations, the resources that tokens can be for, and the users who can sign in. */
public final class Tenant {
    static final String API = "api://";

    private final String tenantId;
    private final Map<String, Application> applications = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> resources = new ConcurrentHashMap<>();
    private final Map<String, User> users = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> assigned = new ConcurrentHashMap<>();

    public Tenant(String tenantId) {
        this.tenantId = tenantId;
    }

    /**
     * Somebody who can sign in.
     *
     * @param blocked the AADSTS number that meets every attempt to get a token for this user; 0 for none
     * @param groups that stand in the user's tokens for another one's API, by their object ids
     */
    public record User(String id, String name, int blocked, Set<String> groups) {
        public User {
            groups = Set.copyOf(groups);
        }

        /** A member of no group. */
        public User(String id, String name, int blocked) {
            this(id, name, blocked, Set.of());
        }
    }

    public String tenantId() {
        return tenantId;
    }

    /** Adds or replaces a registration; takes effect with the next token. */
    public Tenant register(Application application) {
        applications.put(application.clientId().toLowerCase(Locale.ROOT), application);
        return this;
    }

    /**
     * Adds or replaces a resource.
     *
     * @param name as in {@link Application#withRoles}
     * @param url any URL of it; its origin is the audience, with localhost and 127.0.0.1 standing for each other
     */
    public Tenant resource(String name, String url) {
        resources.put(name, audiences(url));
        return this;
    }

    /**
     * Adds an application's own API as a resource, by the URI that Entra proposes for it.
     *
     * @param name as in {@link Application#withRoles}
     */
    public Tenant api(String name, String clientId) {
        resources.put(name, Set.of(API + clientId));
        return this;
    }

    /** The user's roles at a resource become exactly these. */
    public Tenant assign(String userId, String resource, String... roles) {
        assigned.put(userId + "@" + resource, Set.of(roles));
        return this;
    }

    /** The user's groups become exactly these. */
    public Tenant join(String userId, String... groups) {
        users.computeIfPresent(userId, (id, user) -> new User(id, user.name, user.blocked, Set.of(groups)));
        return this;
    }

    /** Who has a role anywhere, by name. */
    List<User> people() {
        return users.values().stream()
                .filter(user -> assigned.keySet().stream().anyMatch(key -> key.startsWith(user.id + "@")))
                .sorted(Comparator.comparing(User::name))
                .toList();
    }

    /** The roles that stand in the user's tokens for an application itself: those of its own API. */
    Set<String> rolesAt(String clientId, User user) {
        return resourceAt(API + clientId)
                .map(resource -> rolesOf(user, resource))
                .orElse(Set.of());
    }

    Set<String> rolesOf(User user, String resource) {
        return assigned.getOrDefault(user.id() + "@" + resource, Set.of());
    }

    public Tenant user(String id, String userPrincipalName) {
        users.put(id, new User(id, userPrincipalName, 0));
        return this;
    }

    /**
     * Refuses this user's tokens from now on.
     *
     * @param code for example 50076 (a second factor is asked for), 50057 (disabled), 50173 (password changed); 0
     *     lifts it
     */
    public void block(String userId, int code) {
        users.computeIfPresent(userId, (id, user) -> new User(id, user.name, code, user.groups));
    }

    public Optional<Application> application(String clientId) {
        return Optional.ofNullable(applications.get(clientId.toLowerCase(Locale.ROOT)));
    }

    public Optional<User> findUser(String idOrName) {
        return users.values().stream()
                .filter(user -> user.id.equalsIgnoreCase(idOrName) || user.name.equalsIgnoreCase(idOrName))
                .findFirst();
    }

    Optional<String> resourceAt(String origin) {
        return resources.entrySet().stream()
                .filter(entry -> entry.getValue().contains(origin))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The audiences that a resource accepts. */
    public static Set<String> audiences(String url) {
        URI uri = URI.create(url);
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return Set.of(uri.getHost(), twin(uri.getHost())).stream()
                .map(host -> uri.getScheme() + "://" + host + port)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String twin(String host) {
        return switch (host) {
            case "localhost" -> "127.0.0.1";
            case "127.0.0.1" -> "localhost";
            default -> "www." + host;
        };
    }
}
