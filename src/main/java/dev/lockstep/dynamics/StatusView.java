package dev.lockstep.dynamics;

import dev.lockstep.dynamics.dataverse.StatusFields;
import dev.lockstep.platform.Observation;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An observation of a representative's status row, read by its columns.
 *
 * @param presenceSet when Dynamics says that the presence was set, by its own clock
 * @param changed when Dynamics says that anything in the row was changed, by its own clock
 */
record StatusView(Observation observation, Optional<Instant> presenceSet, Optional<Instant> changed) {
    private static final String LOGIN = "192350003";
    private static final String RECONNECT = "192350004";
    private static final String LOGOUT = "192350005";
    private static final String SET_PRESENCE = "192350006";
    private static final String REJECTED = "192350008";

    /** So long a message may take without anybody's clock being wrong: a clock that is wrong by less passes for right. */
    static final Duration USUAL_LAG = Duration.ofSeconds(5);

    private static final int LAGS_KEPT = 5;

    StatusView(Observation observation) {
        this(
                observation,
                time(observation, StatusFields.PRESENCE_MODIFIED_ON),
                time(observation, StatusFields.CHANGED_ON));
    }

    Optional<String> presenceId() {
        return observation.field(StatusFields.PRESENCE_ID);
    }

    Optional<Boolean> loggedIn() {
        return observation.field(StatusFields.LOGGED_IN).map(Boolean::valueOf);
    }

    /** Whether a later presence than this row's is known already: messages come in any order. */
    boolean isOlderThan(Optional<StatusView> known) {
        return known.filter(this::isOlderThan).isPresent();
    }

    /** Of presences with one time, as whole seconds give it, the row that was changed earlier shows the older. */
    boolean isOlderThan(StatusView other) {
        int order = tellTheSame(presenceTime(), other.presenceTime())
                ? 0
                : presenceTime().compareTo(other.presenceTime());
        return order < 0 || (order == 0 && changeTime().isBefore(other.changeTime()));
    }

    /** A time in whole seconds may be any time of that second. */
    private boolean tellTheSame(Instant one, Instant other) {
        Instant second = one.truncatedTo(ChronoUnit.SECONDS);
        return tellsWholeSeconds() && areOfOneSecond(one, other) && (one.equals(second) || other.equals(second));
    }

    private static boolean areOfOneSecond(Instant one, Instant other) {
        return one.truncatedTo(ChronoUnit.SECONDS).equals(other.truncatedTo(ChronoUnit.SECONDS));
    }

    /** Whether both show something else at one time, so that neither is the newer. */
    boolean isTiedWith(StatusView other) {
        return !presenceId().equals(other.presenceId())
                && presenceTime().equals(other.presenceTime())
                && changeTime().equals(other.changeTime());
    }

    /** Whether both tell of the same presence that was set at one time, whatever else each tells. */
    boolean isOfPresence(StatusView other) {
        return presenceId().equals(other.presenceId()) && presenceTime().equals(other.presenceTime());
    }

    /** The same with its presence set just before it was. */
    StatusView aMomentEarlier() {
        Map<String, String> columns = new HashMap<>(observation.shown());
        columns.put(
                StatusFields.PRESENCE_MODIFIED_ON, presenceTime().minusMillis(1).toString());
        return new StatusView(new Observation(observation.platform(), observation.askedAt(), columns));
    }

    /** The order of presences: milliseconds, and Dynamics' own clock. */
    Instant presenceTime() {
        return presenceSet.orElseGet(this::changeTime);
    }

    /**
     * The order of everything else in the row. A row that was read tells it in whole seconds, a message exactly: the
     * row is taken to be of the second's end, or what it shows would count as older than a message of the same second.
     */
    Instant changeTime() {
        Instant told = changed.orElse(observation.askedAt());
        return isMessage() ? told : told.truncatedTo(ChronoUnit.SECONDS).plusMillis(999);
    }

    /** {@link #presenceTime} by our own clock. */
    Instant presenceAt() {
        return presenceTime().plusSeconds(behind());
    }

    /** {@link #changeTime} by our own clock. */
    Instant changeAt() {
        return changeTime().plusSeconds(behind());
    }

    /** One message may have been delayed, all of the last ones hardly: the quickest tells how wrong their clock is. */
    private long behind() {
        return lags().stream().mapToLong(Long::parseLong).min().orElse(0);
    }

    private List<String> lags() {
        return observation
                .field(StatusFields.LAGS)
                .map(text -> List.of(text.split(" ")))
                .orElse(List.of());
    }

    /** The same, with what messages so far and this one tell of Dynamics' clock: a single 0 where it agrees with ours. */
    StatusView after(Optional<StatusView> known) {
        List<String> all = new ArrayList<>(known.map(StatusView::lags).orElse(List.of()));
        if (isMessage()) {
            long lag = Duration.between(changeTime(), observation.askedAt()).toSeconds();
            all.addFirst(String.valueOf(Math.abs(lag) <= USUAL_LAG.toSeconds() ? 0 : lag));
        }
        List<String> last = all.subList(0, Math.min(all.size(), LAGS_KEPT));
        Map<String, String> columns = new HashMap<>(observation.shown());
        known.filter(this::isOfTheSameSecond)
                .map(other -> other.presenceTime().toString())
                .ifPresent(at -> columns.put(StatusFields.PRESENCE_MODIFIED_ON, at));
        boolean agrees = last.stream().allMatch("0"::equals);
        if (!last.isEmpty()) {
            columns.put(StatusFields.LAGS, agrees ? "0" : String.join(" ", last));
        }
        return new StatusView(new Observation(observation.platform(), observation.askedAt(), columns));
    }

    /**
     * An environment without milliseconds tells a later change of one second by the same time, or by one that seems
     * earlier: what was asked for later, and not changed earlier, is taken to be of the moment that is known already.
     */
    private boolean isOfTheSameSecond(StatusView other) {
        Instant own = presenceTime();
        if (isToldAgain(other)) {
            return true;
        }
        boolean seemsEarlier = own.isBefore(other.presenceTime())
                && own.equals(other.presenceTime().truncatedTo(ChronoUnit.SECONDS));
        return seemsEarlier
                && !observation.askedAt().isBefore(other.observation.askedAt())
                && !changeTime().isBefore(other.changeTime());
    }

    /** The same presence of the same second, where no row tells more. */
    private boolean isToldAgain(StatusView known) {
        boolean returned = isLogin() && known.isLogout();
        return !returned
                && tellsWholeSeconds()
                && presenceId().isPresent()
                && presenceId().equals(known.presenceId())
                && areOfOneSecond(presenceTime(), known.presenceTime());
    }

    /**
     * Whether the row shows what is known already. A row that was read tells when it was changed in whole seconds: of the
     * same second, the message that was exact is kept.
     */
    boolean isKnownBy(StatusView known) {
        Map<String, String> own = new HashMap<>(observation.shown());
        Map<String, String> others = new HashMap<>(known.observation.shown());
        boolean isSameChange = !isMessage() && changeSecond().equals(known.changeSecond());
        if (isSameChange) {
            List.of(StatusFields.BY, StatusFields.CHANGED_ON).forEach(column -> {
                own.remove(column);
                others.remove(column);
            });
        }
        return own.equals(others);
    }

    /**
     * As a read would tell it: when it was changed in whole seconds, when the presence was set too where the environment
     * tells no more, and nothing of how late messages came.
     */
    Observation asReadAt(Instant at) {
        Map<String, String> columns = new HashMap<>(observation.shown());
        columns.put(StatusFields.BY, "read");
        columns.remove(StatusFields.LAGS);
        truncate(columns, StatusFields.CHANGED_ON, changed);
        if (tellsWholeSeconds()) {
            truncate(columns, StatusFields.PRESENCE_MODIFIED_ON, presenceSet);
        }
        return new Observation(observation.platform(), at, columns);
    }

    /** When what it tells has come by our own clock, as it was told and as a read tells it: until then it is later than now. */
    Stream<Instant> turns() {
        StatusView again = new StatusView(asReadAt(observation.askedAt())).after(Optional.of(this));
        return Stream.of(this, again).flatMap(view -> Stream.of(view.presenceAt(), view.changeAt()));
    }

    private static void truncate(Map<String, String> columns, String column, Optional<Instant> exact) {
        exact.ifPresent(
                time -> columns.put(column, time.truncatedTo(ChronoUnit.SECONDS).toString()));
    }

    private Instant changeSecond() {
        return changeTime().truncatedTo(ChronoUnit.SECONDS);
    }

    Optional<Integer> conversations() {
        return observation.field(StatusFields.CONVERSATIONS).flatMap(StatusView::number);
    }

    /** Whether Dynamics can give no more: computed from work, the presence is Busy - DND then. */
    boolean isExhausted() {
        boolean used = observation
                .field(StatusFields.UNITS_LEFT)
                .flatMap(StatusView::number)
                .filter(units -> units <= 0)
                .isPresent();
        return used
                || observation.field(StatusFields.BLOCKED).map(Boolean::valueOf).orElse(false);
    }

    boolean isLogin() {
        return isEvent(LOGIN);
    }

    /** Back after a lost connection, with whatever presence there was before. */
    boolean isReconnect() {
        return isEvent(RECONNECT);
    }

    boolean tellsWholeSeconds() {
        return observation.field(StatusFields.WHOLE_SECONDS).isPresent();
    }

    boolean isArrival() {
        return isLogin() || isReconnect();
    }

    boolean isMessage() {
        return observation.field(StatusFields.BY).map("webhook"::equals).orElse(false);
    }

    boolean isLogout() {
        return isEvent(LOGOUT);
    }

    boolean isRejection() {
        return isEvent(REJECTED);
    }

    boolean isBySystem() {
        return observation
                .field(StatusFields.MODIFIED_BY)
                .map("SYSTEM"::equalsIgnoreCase)
                .orElse(false);
    }

    /**
     * Set by the agent or by a supervisor. The row's event may be a later one, such as work that was assigned, and the
     * presence still the person's; but what a sign-in or a return brings is nobody's choice.
     */
    boolean isByPerson() {
        boolean arrival = isArrival() || isLogout();
        boolean named = observation.field(StatusFields.MODIFIED_BY).isPresent();
        boolean setPresence =
                observation.field(StatusFields.EVENT).map(SET_PRESENCE::equals).orElse(true);
        return !isBySystem() && !arrival && (named || setPresence);
    }

    /** Set by Dynamics of its own accord, and not because the agent came or went. */
    boolean isComputed() {
        return isBySystem() && !isArrival() && !isLogout();
    }

    private boolean isEvent(String event) {
        return observation.field(StatusFields.EVENT).map(event::equals).orElse(false);
    }

    private static Optional<Instant> time(Observation observation, String field) {
        return observation.field(field).flatMap(StatusView::instant);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
