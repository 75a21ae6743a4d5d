package dev.lockstep.local.teams.model;

import dev.lockstep.local.teams.model.ShownPresence.StatusMessage;
import dev.lockstep.local.teams.model.TeamsRefusal.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Teams presence for many users: pure, without HTTP, threads or a clock of its own, so that a simulation replays it
 * exactly. Time passes by {@link #advance()}; every other method first goes through the turns that time has brought
 * (fading, expiry, meetings). Safe for several threads. Listeners are called inside the lock and must only take
 * note.
 *
 * <p>Sources: learn.microsoft.com/graph/cloud-communications-manage-presence-state and the pages of the actions.
 * What they leave open is decided by {@link TeamsBehaviour}.
 */
public final class TeamsModel {
    private static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(4);
    private static final Set<Pair> SESSION_PAIRS =
            Set.of(Pair.AVAILABLE, Pair.IN_A_CALL, Pair.IN_A_CONFERENCE_CALL, Pair.AWAY, Pair.PRESENTING);
    private static final Set<Pair> PREFERRED_PAIRS =
            Set.of(Pair.AVAILABLE, Pair.BUSY, Pair.DO_NOT_DISTURB, Pair.BE_RIGHT_BACK, Pair.AWAY, Pair.APPEAR_OFFLINE);
    private static final String DESKTOP = "desktop";

    private final InstantSource clock;
    private final TeamsBehaviour rules;
    private final Map<String, Track> users = new LinkedHashMap<>();
    private final Set<String> refusedInLists = new HashSet<>();
    private final List<Consumer<ShownChange>> listeners = new ArrayList<>();
    private long sequence = 129_311_000;

    public TeamsModel(InstantSource clock, TeamsBehaviour rules) {
        this.clock = clock;
        this.rules = rules;
    }

    /** One user's inside, for a person to look at. */
    public record Inside(
            Pair shown,
            Optional<Pair> preferred,
            Map<String, Pair> applications,
            Map<String, Pair> clients,
            boolean outOfOffice) {}

    /** Adds a Teams user with no client signed in; one who is there already stays as they are. */
    public synchronized void addUser(String userId) {
        users.computeIfAbsent(
                key(userId), any -> new Track(userId, new TeamsUser(rules), clock.instant(), this::nextNumber));
    }

    /** Adds a user of the directory who has no Teams: reads as PresenceUnknown and cannot be written. */
    public synchronized void addUserWithoutTeams(String userId) {
        addUser(userId);
        users.get(key(userId)).person().takeTeamsAway();
    }

    /** Somebody at whom Graph stumbles: it refuses every list that names them, and says nothing of whom it means. */
    public synchronized void addUserWhomListsRefuse(String userId) {
        addUser(userId);
        refusedInLists.add(key(userId));
    }

    public synchronized boolean isRefusedInLists(String userId) {
        return refusedInLists.contains(key(userId));
    }

    public synchronized boolean knows(String userId) {
        return users.containsKey(key(userId));
    }

    public synchronized Collection<String> users() {
        return users.values().stream()
                .map(track -> track.shownAt(Instant.MAX).userId())
                .toList();
    }

    /** Told of every change of what is shown, our own writes included. */
    public synchronized void onChange(Consumer<ShownChange> listener) {
        listeners.add(listener);
    }

    /** Goes through all turns that time has brought to anybody. */
    public synchronized void advance() {
        Instant now = clock.instant();
        users.values().forEach(track -> track.settle(now, rules.readLag(), this::tell));
    }

    /** When time alone may next change something for anybody. */
    public synchronized Optional<Instant> nextTurn() {
        return users.values().stream()
                .flatMap(track -> track.nextTurn().stream())
                .min(Comparator.naturalOrder());
    }

    /** What a read shows, which may lag behind. */
    public synchronized ShownPresence read(String userId) {
        return settled(userId).shownAt(clock.instant().minus(rules.readLag()));
    }

    /** What is true now, and what other people's clients will come to show. */
    public synchronized ShownPresence actual(String userId) {
        return settled(userId).shownAt(Instant.MAX);
    }

    public synchronized Inside inside(String userId) {
        TeamsUser person = settled(userId).person();
        Instant now = clock.instant();
        Map<String, Pair> applications = new LinkedHashMap<>();
        person.apps().forEach((app, session) -> applications.put(app, session.pairAt(now)));
        Map<String, Pair> clients = new LinkedHashMap<>();
        person.clients().forEach((name, client) -> clients.put(name, client.pair()));
        Optional<Pair> preferred = person.preferredAt(now).map(TeamsUser.Preferred::pair);
        return new Inside(person.pairAt(now), preferred, applications, clients, person.isOutOfOffice());
    }

    // What applications do.

    /**
     * Sets the application's session.
     *
     * @param expires how long it lives; 5 minutes when empty
     * @throws TeamsRefusal when the session id is not the application's, the pair is not one of the five, or the
     *     duration is outside 5 minutes to 4 hours
     */
    public synchronized void setPresence(
            String appId, String userId, String sessionId, Pair pair, Optional<Duration> expires) {
        demandOwnSession(appId, sessionId);
        demand(SESSION_PAIRS.contains(pair), Reason.PAIR_NOT_ALLOWED, pair + " cannot be set for a session");
        Duration life = expires.orElse(SHORTEST);
        demandWithin(life, LONGEST);
        Instant now = clock.instant();
        change(userId, person -> person.apps().put(key(appId), new AppSession(pair, now, now.plus(life))));
    }

    /**
     * Takes the application's session away.
     *
     * @throws TeamsRefusal {@code NO_SUCH_SESSION} when the application has no session for the user
     */
    public synchronized void clearPresence(String appId, String userId, String sessionId) {
        demandOwnSession(appId, sessionId);
        change(
                userId,
                person -> demand(
                        person.apps().remove(key(appId)) != null,
                        Reason.NO_SUCH_SESSION,
                        "no session of the application"));
    }

    /** Writes the slot that the person shares; 1 day for Busy and DoNotDisturb and 7 for the others when empty. */
    public synchronized void setPreferred(String userId, Pair pair, Optional<Duration> expires) {
        demand(PREFERRED_PAIRS.contains(pair), Reason.PAIR_NOT_ALLOWED, pair + " cannot be preferred");
        expires.ifPresent(life -> demandWithin(life, rules.longestPreferred()));
        Instant until = clock.instant().plus(expires.orElse(usualLife(pair)));
        change(userId, person -> person.prefer(new TeamsUser.Preferred(pair, until)));
    }

    /** Empties the slot, whoever filled it; no error when it is empty. */
    public synchronized void clearPreferred(String userId) {
        change(userId, TeamsUser::forgetPreferred);
    }

    public synchronized void setStatusMessage(String userId, String text, Optional<Instant> expires) {
        demand(text.length() <= rules.longestMessage(), Reason.MESSAGE_TOO_LONG, "the status message is too long");
        Instant now = clock.instant();
        change(userId, person -> person.say(new StatusMessage(text, expires, now)));
    }

    // What people do.

    /** Picks a status by hand, in the slot that applications share. */
    public void choose(String userId, Pair pair) {
        setPreferred(userId, pair, Optional.empty());
    }

    /** "Reset status" in Teams. */
    public void resetStatus(String userId) {
        clearPreferred(userId);
    }

    public void signInClient(String userId) {
        signInClient(userId, DESKTOP);
    }

    public synchronized void signInClient(String userId, String client) {
        Instant now = clock.instant();
        change(userId, person -> person.clients().put(client, Client.signedIn(now)));
    }

    /** Closes all of the person's clients; a call in one of them ends. */
    public synchronized void closeClient(String userId) {
        change(userId, person -> person.clients().clear());
    }

    public synchronized void closeClient(String userId, String client) {
        change(userId, person -> person.clients().remove(client));
    }

    /** A call in Teams itself; signs a client in when there is none. */
    public void startCall(String userId) {
        engage(userId, Optional.of(Pair.IN_A_CALL));
    }

    public void startConferenceCall(String userId) {
        engage(userId, Optional.of(Pair.IN_A_CONFERENCE_CALL));
    }

    public void startPresenting(String userId) {
        engage(userId, Optional.of(Pair.PRESENTING));
    }

    /** Ends whatever call or presentation the person is in. */
    public synchronized void endCall(String userId) {
        Instant now = clock.instant();
        change(
                userId,
                person -> person.clients()
                        .replaceAll((name, client) ->
                                client.engagement().isPresent() ? client.engaged(Optional.empty(), now) : client));
    }

    /** All clients become idle: locked, asleep, in the background. */
    public void goIdle(String userId) {
        idle(userId, true);
    }

    public void comeBack(String userId) {
        idle(userId, false);
    }

    /** Puts a meeting into the person's calendar. */
    public synchronized void meeting(String userId, Instant starts, Instant ends) {
        change(userId, person -> person.meetings().add(new TeamsUser.Meeting(starts, ends)));
    }

    /** Takes every meeting out of the calendar. */
    public synchronized void cancelMeetings(String userId) {
        change(userId, person -> person.meetings().clear());
    }

    public synchronized void outOfOffice(String userId, boolean away) {
        change(userId, person -> person.outOfOffice(away));
    }

    private synchronized void engage(String userId, Optional<Pair> pair) {
        Instant now = clock.instant();
        change(userId, person -> {
            String client = person.clients().keySet().stream().findFirst().orElse(DESKTOP);
            Client before = person.clients().getOrDefault(client, Client.signedIn(now));
            person.clients().put(client, before.engaged(pair, now));
        });
    }

    private synchronized void idle(String userId, boolean isIdle) {
        Instant now = clock.instant();
        change(
                userId,
                person -> person.clients()
                        .replaceAll((name, client) -> client.idle() == isIdle ? client : client.idle(isIdle, now)));
    }

    private void change(String userId, Consumer<TeamsUser> what) {
        Track track = find(userId);
        demand(track.person().hasTeams(), Reason.NOT_A_TEAMS_USER, "the user is not licensed for Teams");
        Instant now = clock.instant();
        track.turn(now, this::tell);
        what.accept(track.person());
        track.settle(now, rules.readLag(), this::tell);
    }

    private Track settled(String userId) {
        Track track = find(userId);
        track.settle(clock.instant(), rules.readLag(), this::tell);
        return track;
    }

    private Track find(String userId) {
        return Optional.ofNullable(users.get(key(userId)))
                .orElseThrow(() -> new TeamsRefusal(Reason.UNKNOWN_USER, "no user " + userId));
    }

    private void tell(ShownChange change) {
        listeners.forEach(listener -> listener.accept(change));
    }

    /** As after a failover: what changes from now on has a lower number than what changed before. */
    public synchronized void countAnew() {
        sequence = 0;
    }

    private String nextNumber() {
        sequence++;
        return "A%010d".formatted(sequence);
    }

    private static Duration usualLife(Pair pair) {
        boolean forADay = pair.equals(Pair.BUSY) || pair.equals(Pair.DO_NOT_DISTURB);
        return forADay ? Duration.ofDays(1) : Duration.ofDays(7);
    }

    private static void demandOwnSession(String appId, String sessionId) {
        demand(
                key(appId).equals(key(sessionId)),
                Reason.NOT_YOUR_SESSION,
                "sessionId must be the calling application's id");
    }

    private static void demandWithin(Duration life, Duration longest) {
        demand(
                life.compareTo(SHORTEST) >= 0 && life.compareTo(longest) <= 0,
                Reason.DURATION_OUT_OF_RANGE,
                "expirationDuration must be between " + SHORTEST + " and " + longest);
    }

    private static void demand(boolean holds, Reason otherwise, String message) {
        if (!holds) {
            throw new TeamsRefusal(otherwise, message);
        }
    }

    /** Graph compares ids without case. */
    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
