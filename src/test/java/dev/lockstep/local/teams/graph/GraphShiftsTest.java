package dev.lockstep.local.teams.graph;

import static dev.lockstep.local.teams.graph.GraphWorld.RITA;
import static dev.lockstep.local.teams.graph.GraphWorld.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.local.server.Vectors;
import dev.lockstep.local.teams.graph.GraphWorld.Answer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphShiftsTest {
    private static final String TEAM = "02bd9fd6-8f93-4758-87c3-1fb73740a315";
    private static final String SHIFTS = "/teams/" + TEAM + "/schedule/shifts";

    private final GraphWorld world = new GraphWorld();
    private final String reader = world.application("Schedule.Read.All");

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void servesMicrosoftsOwnShiftsAndTimesOff() throws Exception {
        for (String kind : new String[] {"shifts", "timesOff"}) {
            JsonNode published = Vectors.json("shifts/teams/list-" + kind.toLowerCase(Locale.ROOT) + ".json")
                    .at("/value/0");
            assertThat(world.post("", "/_teams/" + TEAM + "/" + kind, published.toString())
                            .status())
                    .isEqualTo(201);
            JsonNode ours = world.get(reader, "/teams/" + TEAM + "/schedule/" + kind)
                    .json()
                    .at("/value/0");

            assertThat(((ObjectNode) ours).remove(List.of("id")))
                    .isEqualTo(((ObjectNode) published).remove(List.of("id")));
        }
    }

    @Test
    void givesPagesUntilAllAreRead() throws Exception {
        for (int i = 0; i < 23; i++) {
            world.graph.schedules().addShift(TEAM, RITA, START.plusSeconds(i), START.plusSeconds(i + 60));
        }
        Set<String> ids = new HashSet<>();
        int pages = 0;
        String next = world.graph.url() + SHIFTS;
        while (!next.isEmpty()) {
            Answer page = world.sendTo(URI.create(next), reader, "GET", "");
            page.json().path("value").forEach(shift -> ids.add(shift.path("id").asText()));
            next = page.json().path("@odata.nextLink").asText();
            pages++;
        }
        assertThat(ids).hasSize(23);
        assertThat(pages).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "sharedShift/startDateTime ge 2026-11-22T10:00:00Z and sharedShift/endDateTime le 2026-11-22T18:00:00Z, 200, 1",
        "sharedShift/startDateTime ge 2026-11-22T10:00:01Z, 200, 0",
        "sharedShift/endDateTime gt 2026-11-22T10:00:00Z, 200, 1",
        "sharedShift/startDateTime ge 2026-11-22T10:00:00Z and sharedShift/startDateTime le 2026-11-22T18:00:00Z, 400,"
                + " 0",
        "userId eq 'x', 400, 0",
        "sharedShift/startDateTime ge yesterday, 400, 0"
    })
    void filtersByEachPropertyOnce(String filter, int status, int found) throws Exception {
        world.graph.schedules().addShift(TEAM, RITA, START, START.plus(Duration.ofHours(8)));
        Answer answer = world.get(reader, SHIFTS + "?$filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("value")).hasSize(found);
    }

    @Test
    void keepsTheFilterOnTheNextPage() throws Exception {
        for (int i = 0; i < 12; i++) {
            world.graph.schedules().addShift(TEAM, RITA, START, START.plusSeconds(60));
            world.graph.schedules().addShift(TEAM, RITA, START.minusSeconds(60), START);
        }
        String filter = URLEncoder.encode("sharedShift/startDateTime ge " + START, StandardCharsets.UTF_8);
        JsonNode first = world.get(reader, SHIFTS + "?$filter=" + filter).json();
        JsonNode second = world.sendTo(URI.create(first.path("@odata.nextLink").asText()), reader, "GET", "")
                .json();

        assertThat(first.path("value").size() + second.path("value").size()).isEqualTo(12);
    }

    @Test
    void forgetsADeletedShift() throws Exception {
        String id = world.graph.schedules().addShift(TEAM, RITA, START, START.plusSeconds(60));

        assertThat(world.send("", "DELETE", "/_teams/" + TEAM + "/shifts/" + id, "")
                        .status())
                .isEqualTo(204);
        assertThat(world.get(reader, SHIFTS).json().path("value")).isEmpty();
        assertThat(world.send("", "DELETE", "/_teams/" + TEAM + "/shifts/" + id, "")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void allowsFourRequestsASecondForOneTeam() throws Exception {
        world.graph.schedules().addTeam(TEAM);
        for (int i = 0; i < 4; i++) {
            assertThat(world.get(reader, SHIFTS).status()).isEqualTo(200);
        }
        assertThat(world.get(reader, SHIFTS).status()).isEqualTo(429);
        world.clock.advance(Duration.ofSeconds(1));
        assertThat(world.get(reader, SHIFTS).status()).isEqualTo(200);
    }

    @Test
    void refusesWithoutPermissionAndUnknownTeams() throws Exception {
        assertThat(world.get(world.application("Presence.Read.All"), SHIFTS).status())
                .isEqualTo(403);
        assertThat(world.get(reader, SHIFTS).status()).isEqualTo(404);
    }
}
