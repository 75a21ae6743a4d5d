package dev.lockstep.board;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.AgentView;
import dev.lockstep.browser.Visitors;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.KnownChoice;
import dev.lockstep.presence.Reason;
import dev.lockstep.presence.Status;
import dev.lockstep.store.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is shown of one agent; {@code templates/board/agent.html} says how.
 *
 * <p>Public with all its parts: templates see nothing else.
 *
 * @param label names the status to the style
 * @param since one moment, or none if it is not known
 * @param before the status before this one, in words; blank if the timeline does not tell
 * @param until when the choice that counts ends by itself; none if it does not
 * @param paused why nothing is written for the agent; none where it is, as far as the agent's own mode says
 * @param reader who reads it, and so what they find there
 * @param done what an act has brought; blank where none was sent
 */
public record AgentPage(
        String agentId,
        String name,
        String team,
        String label,
        String status,
        List<Moment> since,
        String before,
        List<Moment> until,
        List<Why> because,
        List<OnPlatform> platforms,
        List<Paused> paused,
        Day day,
        List<Change> changes,
        Reader reader,
        String done,
        Moment now,
        List<Visitors.Visitor> visitor) {
    /** Of a day, for the band; hardly anybody has more, and then it begins later. */
    static final int MOST_READ = 400;

    private static final int MOST_SHOWN = 50;

    /** Who reads an agent's page. */
    public enum Reader {
        /** The agent: what they can do themselves is said to them alone, and who did what is not. */
        SELF,
        READS,
        /** Whoever supervises the agent, and may set the status. */
        ACTS
    }

    /** @param changes of {@link Day#LENGTH}, newest first, {@link #MOST_READ} at most */
    static AgentPage of(
            AgentState state,
            Optional<Paused> paused,
            List<Timeline.Event> changes,
            Reader reader,
            String done,
            Instant now,
            PlatformCatalogue catalogue,
            List<Visitors.Visitor> visitor) {
        List<OnPlatform> platforms = new ArrayList<>();
        Map<String, AgentView.OnPlatform> shown = AgentView.of(state).details().platforms();
        state.standings()
                .forEach((name, standing) ->
                        platforms.add(OnPlatform.of(catalogue.displayName(name), shown.get(name), standing, now)));
        return new AgentPage(
                state.agentId(),
                state.profile().name().isBlank()
                        ? state.agentId()
                        : state.profile().name(),
                state.profile().team(),
                state.status().label(),
                Words.of(state.status()),
                moments(state.since(), now),
                before(state.status(), changes),
                moments(state.decided().flatMap(Decision::choice).flatMap(KnownChoice::until), now),
                because(state, now, catalogue),
                platforms,
                paused.stream().toList(),
                Day.of(state, changes, changes.size() < MOST_READ, now),
                changes.stream()
                        .limit(MOST_SHOWN)
                        .map(event -> Change.of(event, now, catalogue))
                        .toList(),
                reader,
                done,
                Moment.of(now, now),
                visitor);
    }

    private static List<Moment> moments(Optional<Instant> at, Instant now) {
        return at.stream().map(time -> Moment.of(time, now)).toList();
    }

    private static String before(Status status, List<Timeline.Event> changes) {
        return changes.stream()
                .filter(event -> event.after().equals(status.label())
                        && !event.before().equals(event.after())
                        && !event.before().isBlank())
                .findFirst()
                .map(event -> Words.ofLabel(event.before()))
                .orElse("");
    }

    private static List<Why> because(AgentState state, Instant now, PlatformCatalogue catalogue) {
        Stream<Why> signedOut =
                state.signedOut().stream().map(text -> new Why("Offline", List.of(), text, Advice.SIGN_IN));
        Stream<Why> reasons = state.decided().map(Decision::because).orElse(List.of()).stream()
                .map(reason -> Why.of(reason, now, catalogue));
        return Stream.concat(signedOut, reasons).toList();
    }

    public boolean acts() {
        return reader == Reader.ACTS;
    }

    public boolean own() {
        return reader == Reader.SELF;
    }

    /** The team's name as it stands in a URL. */
    public String teamQuery() {
        return Sought.inUrl(team);
    }

    /** Every status that can be set. */
    public List<Choice> statuses() {
        return Arrays.stream(Status.values())
                .map(status -> new Choice(status.label(), Words.of(status)))
                .toList();
    }

    /** For how long one is set. */
    public List<Choice> durations() {
        return Lasting.ALL;
    }

    /** For how long synchronising is paused. */
    public List<Choice> pauses() {
        return Lasting.PAUSES;
    }

    /** Whether there is a pause that a supervisor can end. */
    public boolean resumes() {
        return paused.stream().anyMatch(one -> !one.byAdministrator());
    }

    /** Something to choose in a form. */
    public record Choice(String value, String text) {}

    /**
     * One reason: <i>On a call since 10:42: phone desk</i>.
     *
     * @param what it makes of the agent
     * @param since when it began, if that is known
     * @param todo what the agent can do about it; blank for nothing
     */
    public record Why(String what, List<Moment> since, String text, String todo) {
        private static Why of(Reason reason, Instant now, PlatformCatalogue catalogue) {
            String source = Words.source(reason.source().name(), catalogue);
            String text = switch (reason.kind()) {
                case CALL -> source;
                case FACT -> thing(reason) + " in " + source;
                case CHOICE -> Advice.isSetForThem(reason) ? "set by " + source : "picked in " + source;
                case SIGNED_IN -> "signed in to " + source;
                case SHIFT_ENDED -> "the shift has ended";
                case EXPIRED -> "does not count any more: " + reason.text();
            };
            return new Why(
                    Words.of(reason.status()),
                    List.of(Moment.of(reason.since(), now)),
                    text,
                    Advice.on(reason, source));
        }

        /** What a fact is, without where: that is said in other words. */
        private static String thing(Reason reason) {
            String where = " in " + reason.source();
            return reason.text().endsWith(where)
                    ? reason.text().substring(0, reason.text().length() - where.length())
                    : reason.text();
        }
    }

    /**
     * How it stands on one platform.
     *
     * @param shown what it shows, or was told if it cannot be read
     * @param answered what heals it, or what it answered last; blank where there is nothing to say
     * @param next when it is tried again, if it is
     * @param todo what the agent can do about it; blank for nothing
     */
    public record OnPlatform(
            String name,
            String wanted,
            String shown,
            String condition,
            boolean outOfSync,
            String answered,
            List<Moment> next,
            String todo) {
        private static OnPlatform of(String name, AgentView.OnPlatform on, Standing standing, Instant now) {
            return new OnPlatform(
                    name,
                    on.wanted().map(Words::of).orElse("nothing"),
                    on.told()
                            .map(told -> Words.of(told.status()) + ", told " + Words.ago(told.at(), now))
                            .orElseGet(() -> on.observed().map(Words::of).orElse("nothing known")),
                    Words.of(on.condition()),
                    on.isOutOfSync(now),
                    on.condition() == Condition.IN_SYNC ? "" : on.message(),
                    moments(standing.progress().retryAt(), now),
                    Advice.on(on.condition(), name));
        }
    }

    /**
     * One entry of the timeline.
     *
     * @param what from which status to which, or that it stayed
     * @param who made it, and what brought it
     * @param answers what each platform was told, and answered
     */
    public record Change(Moment at, String what, List<String> because, String who, List<String> answers) {
        private static Change of(Timeline.Event event, Instant now, PlatformCatalogue catalogue) {
            String after = Words.ofLabel(event.after());
            return new Change(
                    Moment.of(event.at(), now),
                    event.before().equals(event.after())
                            ? "stays " + after
                            : Words.ofLabel(event.before()) + " \u2192 " + after,
                    event.because(),
                    (event.by().isBlank() ? "" : event.by() + "; ") + Words.trigger(event.trigger()),
                    event.answers().entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(answer -> catalogue.displayName(answer.getKey()) + ": " + answer.getValue())
                            .toList());
        }
    }
}
