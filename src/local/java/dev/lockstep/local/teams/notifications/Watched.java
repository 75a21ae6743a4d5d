package dev.lockstep.local.teams.notifications;

import dev.lockstep.local.teams.graph.GraphError;
import dev.lockstep.local.teams.graph.PresenceRoutes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a subscription watches, read from its {@code resource}. */
public sealed interface Watched {
    /**
     * Reads a {@code resource}.
     *
     * @throws GraphError 400 when nothing of this name can be watched
     */
    static Watched read(String resource) {
        String path = resource.startsWith("/") ? resource.substring(1) : resource;
        if (path.contains("$select")) {
            throw GraphError.badRequest("$select is not supported for presence subscriptions.");
        }
        Matcher one = Presences.ONE.matcher(path);
        if (one.matches()) {
            return Presences.of(Set.of(one.group(1)));
        }
        Matcher many = Presences.MANY.matcher(path);
        if (many.matches()) {
            return Presences.of(Arrays.stream(many.group(1).split(","))
                    .map(id -> id.strip().replaceAll("^'|'$", ""))
                    .collect(Collectors.toSet()));
        }
        Matcher shifts = Shifts.PATH.matcher(path);
        if (shifts.matches()) {
            return new Shifts(shifts.group(1));
        }
        throw GraphError.badRequest("The resource '" + resource + "' cannot be subscribed to.");
    }

    /** The longest life of a subscription to it, learn.microsoft.com/graph/api/resources/subscription. */
    Duration longestLife();

    /** Presences of some users: for delegated callers only, with {@code Presence.Read.All}. */
    record Presences(Set<String> ids) implements Watched {
        private static final int MOST = 650;
        private static final Pattern ONE =
                Pattern.compile("communications/presences/([^/?]+)", Pattern.CASE_INSENSITIVE);
        private static final Pattern MANY = Pattern.compile(
                "communications/presences\\?\\$filter=id in \\((.*)\\)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

        static Presences of(Set<String> ids) {
            if (ids.size() > MOST || !ids.stream().allMatch(PresenceRoutes::isGuid)) {
                throw GraphError.badRequest("The filter must name 1 to " + MOST + " user ids.");
            }
            return new Presences(
                    ids.stream().map(id -> id.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet()));
        }

        boolean contains(String userId) {
            return ids.contains(userId.toLowerCase(Locale.ROOT));
        }

        @Override
        public Duration longestLife() {
            return Duration.ofHours(1);
        }
    }

    /** A team's shifts: ids only, application permission allowed. */
    record Shifts(String teamId) implements Watched {
        private static final Pattern PATH = Pattern.compile("teams/([^/?]+)/schedule/shifts", Pattern.CASE_INSENSITIVE);

        @Override
        public Duration longestLife() {
            return Duration.ofHours(6);
        }
    }
}
