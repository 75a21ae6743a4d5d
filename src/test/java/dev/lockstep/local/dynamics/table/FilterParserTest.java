package dev.lockstep.local.dynamics.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.local.dynamics.table.Column.Kind;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterParserTest {
    private static final UUID ID = UUID.fromString("aaaaaaaa-0000-0000-0000-000000000001");
    private static final UUID STATUS = UUID.fromString("bbbbbbbb-0000-0000-0000-000000000002");

    private final Table statuses = Table.named("bookingstatuses", "bookingstatus", "bookingstatusid")
            .with(Kind.CHOICE, "status")
            .rows(() -> List.of(Map.of("bookingstatusid", STATUS, "status", new Choice(2, "Committed"))));
    private final Table bookings = Table.named("bookings", "booking", "bookingid")
            .with(Kind.TEXT, "name", "note")
            .with(Kind.NUMBER, "count")
            .with(Kind.YES_NO, "open")
            .with(Kind.INSTANT, "endtime")
            .with(Kind.CHOICES, "msdyn_channel")
            .lookup("bookingstatus", "BookingStatus", "bookingstatus")
            .rows(List::of);
    private final Schema schema = new Schema().add(statuses).add(bookings);

    private Map<String, Object> row() {
        Map<String, Object> row = new HashMap<>();
        row.put("bookingid", ID);
        row.put("name", "O'Hara's shift");
        row.put("note", null);
        row.put("count", 3);
        row.put("open", true);
        row.put("endtime", Instant.parse("2026-11-22T17:00:00Z"));
        row.put("msdyn_channel", new SelectedChoices(List.of(new Choice(192440000, "Voice call"))));
        row.put("bookingstatus", new Lookup("bookingstatus", STATUS, null));
        return row;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "bookingid eq aaaaaaaa-0000-0000-0000-000000000001 | true",
                "bookingid eq AAAAAAAA-0000-0000-0000-000000000001 | true",
                "_bookingstatus_value ne bbbbbbbb-0000-0000-0000-000000000002 | false",
                "BookingStatus/status eq 2 | true",
                "BookingStatus/status eq 1 | false",
                "name eq 'o''hara''s SHIFT' | true",
                "open eq true and note/any(n:n/name eq 'x' or n/name eq 'y') | false",
                "name/any(n:n/name eq 'x' or n/name eq 'O''Hara''s shift') and open eq true | true",
                "count gt 2 and count lt 4 | true",
                "count ge 4 or count le 2 | false",
                "count ge 3 and count le 3 | true",
                "open eq true | true",
                "open eq false or count eq 3 and name eq 'x' | false",
                "(open eq true or count eq 3) and name eq 'x' | false",
                "open eq true or count eq 3 and name eq 'x' | true",
                "not open eq true | false",
                "not (open eq false) and not count eq 4 | true",
                "note eq null | true",
                "note ne null | false",
                "name eq null | false",
                "note ne 'x' | true",
                "note gt 'x' | false",
                "endtime ge 2026-11-22T17:00:00Z | true",
                "endtime gt 2026-11-22T18:00:00+01:00 | false",
                "endtime lt 2026-11-23 | true",
                "contains(name,'hara') | true",
                "startswith(name,'O''H') and endswith(name,'shift') | true",
                "contains(note,'x') | false",
                "Microsoft.Dynamics.CRM.ContainValues(PropertyName='msdyn_channel',PropertyValues=['192440000']) | true",
                "Microsoft.Dynamics.CRM.ContainValues(PropertyName='msdyn_channel',PropertyValues=['1','2']) | false",
            })
    void holdsAsInDataverse(String filter, boolean expected) {
        assertThat(FilterParser.parse(filter, bookings, schema).holds(row(), schema))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bookingid eq 'aaaaaaaa-0000-0000-0000-000000000001'",
                "nosuch eq 1",
                "bookingstatus eq 2",
                "bookingstatus/status eq 2",
                "BookingStatus/nosuch eq 2",
                "count eq '3'",
                "name eq 3",
                "open eq 1",
                "endtime ge '2026-11-22T17:00:00Z'",
                "endtime ge 2026-13-41",
                "count like 3",
                "count eq 3 and",
                "(count eq 3",
                "count eq 3)",
                "count eq",
                "name eq 'unclosed",
                "count eq count",
                "contains(count,'3')",
                "msdyn_channel eq 192440000",
                "count eq 3; drop",
                ""
            })
    void refusesWith400(String filter) {
        assertThatThrownBy(() -> FilterParser.parse(filter, bookings, schema))
                .isInstanceOfSatisfying(
                        ODataError.class, e -> assertThat(e.status()).isEqualTo(400));
    }
}
