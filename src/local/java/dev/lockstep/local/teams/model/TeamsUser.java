package dev.lockstep.local.teams.model;

import dev.lockstep.local.teams.model.ShownPresence.StatusMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that makes one user's presence, and what it adds up to at any moment: the preferred presence while any
 * session exists, else the highest of the sessions and the calendar, else Offline. Source:
 * learn.microsoft.com/graph/cloud-communications-manage-presence-state.
 */
final class TeamsUser {
    private final TeamsBehaviour rules;
    private final Map<String, Client> clients = new LinkedHashMap<>();
    private final Map<String, AppSession> apps = new LinkedHashMap<>();
    private final List<Meeting> meetings = new ArrayList<>();
    private Optional<Preferred> preferred = Optional.empty();
    private Optional<StatusMessage> message = Optional.empty();
    private boolean outOfOffice;
    private boolean hasTeams = true;

    TeamsUser(TeamsBehaviour rules) {
        this.rules = rules;
    }

    /** The one slot that the person and every application share. */
    record Preferred(Pair pair, Instant expires) {}

    record Meeting(Instant starts, Instant ends) {}

    private enum Source {
        APPLICATION,
        CALENDAR,
        CLIENT
    }

    private record Voice(Pair pair, Source source, Instant since) {}

    Map<String, Client> clients() {
        return clients;
    }

    Map<String, AppSession> apps() {
        return apps;
    }

    List<Meeting> meetings() {
        return meetings;
    }

    void prefer(Preferred wanted) {
        preferred = Optional.of(wanted);
    }

    void forgetPreferred() {
        preferred = Optional.empty();
    }

    Optional<Preferred> preferredAt(Instant time) {
        return preferred.filter(slot -> time.isBefore(slot.expires));
    }

    void say(StatusMessage text) {
        message = Optional.of(text);
    }

    Optional<StatusMessage> messageAt(Instant time) {
        return message.filter(text -> text.expires().map(time::isBefore).orElse(true));
    }

    void outOfOffice(boolean away) {
        outOfOffice = away;
    }

    boolean isOutOfOffice() {
        return outOfOffice;
    }

    void takeTeamsAway() {
        hasTeams = false;
    }

    boolean hasTeams() {
        return hasTeams;
    }

    boolean hasSessionAt(Instant time) {
        return !clients.isEmpty() || apps.values().stream().anyMatch(session -> session.isLiveAt(time));
    }

    Pair pairAt(Instant time) {
        if (!hasTeams) {
            return Pair.UNKNOWN;
        }
        boolean session = hasSessionAt(time);
        Optional<Preferred> slot = preferredAt(time);
        if (session && slot.isPresent()) {
            return slot.get().pair;
        }
        Pair loudest = voicesAt(time)
                .filter(voice -> session || !rules.calendarNeedsSession())
                .max(order())
                .map(Voice::pair)
                .orElse(Pair.OFFLINE);
        boolean away = outOfOffice && rules.outOfOfficeInActivity() && loudest.equals(Pair.AVAILABLE);
        return away ? Pair.AVAILABLE_OUT_OF_OFFICE : loudest;
    }

    /** The next time after {@code time} at which time alone may change something. */
    Optional<Instant> nextTurn(Instant time) {
        Stream<Instant> sessions = apps.values().stream().flatMap(session -> session.turns().stream());
        Stream<Instant> calendar = meetings.stream().flatMap(meeting -> Stream.of(meeting.starts, meeting.ends));
        Stream<Instant> others = Stream.concat(
                preferred.map(Preferred::expires).stream(), message.flatMap(StatusMessage::expires).stream());
        return Stream.of(sessions, calendar, others)
                .flatMap(turns -> turns)
                .filter(turn -> turn.isAfter(time))
                .min(Comparator.naturalOrder());
    }

    /** Drops what is over, so that a long run does not grow. */
    void forgetWhatEnded(Instant time) {
        apps.values().removeIf(session -> !session.isLiveAt(time));
        meetings.removeIf(meeting -> !time.isBefore(meeting.ends));
        preferred = preferredAt(time);
        message = messageAt(time);
    }

    private Stream<Voice> voicesAt(Instant time) {
        Stream<Voice> ofApps = apps.values().stream()
                .filter(session -> session.isLiveAt(time))
                .map(session -> new Voice(session.pairAt(time), Source.APPLICATION, session.since()));
        Stream<Voice> ofClients =
                clients.values().stream().map(client -> new Voice(client.pair(), Source.CLIENT, client.since()));
        Stream<Voice> ofCalendar = meetings.stream()
                .filter(meeting -> !time.isBefore(meeting.starts) && time.isBefore(meeting.ends))
                .map(meeting -> new Voice(Pair.IN_A_MEETING, Source.CALENDAR, meeting.starts));
        return Stream.of(ofApps, ofCalendar, ofClients).flatMap(voices -> voices);
    }

    private Comparator<Voice> order() {
        Comparator<Voice> rank = Comparator.comparingInt(voice -> rank(voice.pair));
        Comparator<Voice> recent = Comparator.comparing(Voice::since);
        return switch (rules.sameClass()) {
            case PERSON_FIRST -> rank.thenComparing(Voice::source).thenComparing(recent);
            case APPLICATION_FIRST ->
                rank.thenComparing(voice -> voice.source == Source.APPLICATION)
                        .thenComparing(Voice::source)
                        .thenComparing(recent);
            case MOST_RECENT -> rank.thenComparing(recent).thenComparing(Voice::source);
        };
    }

    /** DoNotDisturb over Busy over Available over Away. */
    private static int rank(Pair pair) {
        return switch (pair.availability()) {
            case "DoNotDisturb" -> 4;
            case "Busy" -> 3;
            case "Available" -> 2;
            case "Away" -> 1;
            default -> 0;
        };
    }
}
