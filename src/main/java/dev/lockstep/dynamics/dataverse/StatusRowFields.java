package dev.lockstep.dynamics.dataverse;

import dev.lockstep.protocol.entra.Guid;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The columns of msdyn_agentstatus that a webhook and a read have in common, as {@link StatusFields}. */
public final class StatusRowFields {
    /** AGENT, SYSTEM, or a word of a later version. */
    private static final Pattern WORD = Pattern.compile("\\S.{0,63}");

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,10}");

    private StatusRowFields() {}

    /** @param column gives a column's value by its logical name; what cannot be understood counts as missing */
    public static void read(Function<String, Optional<String>> column, Map<String, String> into) {
        Function<String, Optional<String>> id = name -> column.apply(name).flatMap(Guid::of);
        put(StatusFields.PRESENCE_ID, id.apply("msdyn_currentpresenceid"), into);
        put(StatusFields.MODIFIED_BY_USER, id.apply("msdyn_presencemodifiedbyuserid"), into);
        put(StatusFields.LOGGED_IN, column.apply("msdyn_isagentloggedin").flatMap(StatusRowFields::truth), into);
        put(StatusFields.MODIFIED_BY, column.apply("msdyn_presencemodifiedby").filter(WORD.asMatchPredicate()), into);
        put(StatusFields.EVENT, number(column, "msdyn_eventname"), into);
        put(StatusFields.CONVERSATIONS, number(column, "msdyn_assignedconversationcount"), into);
        put(StatusFields.UNITS_LEFT, number(column, "msdyn_availableunitscapacity"), into);
        put(StatusFields.BLOCKED, column.apply("msdyn_isblockedbysomeprofile").flatMap(StatusRowFields::truth), into);
        Optional<String> modifiedOn = exactTime(column).or(() -> time(column, "msdyn_presencemodifiedon"));
        put(StatusFields.PRESENCE_MODIFIED_ON, modifiedOn, into);
        put(
                StatusFields.WHOLE_SECONDS,
                modifiedOn.filter(at -> tellsWholeSeconds(column)).map(at -> "true"),
                into);
    }

    private static boolean tellsWholeSeconds(Function<String, Optional<String>> column) {
        return exactTime(name -> column.apply(name).filter(text -> text.contains(".")))
                .isEmpty();
    }

    private static Optional<String> exactTime(Function<String, Optional<String>> column) {
        return time(column, "msdyn_presencemodifiedonwithmilliseconds");
    }

    private static Optional<String> number(Function<String, Optional<String>> column, String name) {
        return column.apply(name).filter(text -> WHOLE_NUMBER.matcher(text).matches());
    }

    private static Optional<String> time(Function<String, Optional<String>> column, String name) {
        return column.apply(name).flatMap(DataverseTime::parse).map(Instant::toString);
    }

    private static Optional<String> truth(String text) {
        return switch (text) {
            case "true", "True" -> Optional.of("true");
            case "false", "False" -> Optional.of("false");
            default -> Optional.empty();
        };
    }

    private static void put(String field, Optional<String> value, Map<String, String> into) {
        value.ifPresent(text -> into.put(field, text));
    }
}
