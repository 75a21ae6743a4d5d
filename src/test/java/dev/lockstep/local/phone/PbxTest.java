package dev.lockstep.local.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.local.server.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PbxTest {
    private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String NEW = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private record Post(Map<String, String> headers, byte[] body, Instant at) {
        JsonNode event() {
            return Json.read(new String(body, StandardCharsets.UTF_8));
        }

        boolean isSignedWith(String secret) {
            return new WebhookSignature(List.of(secret))
                    .accepts(
                            Optional.of(headers.get("webhook-id")),
                            Optional.of(headers.get("webhook-timestamp")),
                            Optional.of(headers.get("webhook-signature")),
                            body,
                            at);
        }
    }

    private final List<Post> posts = new ArrayList<>();
    private final Deque<Integer> answers = new ArrayDeque<>();
    private final Deque<Runnable> retries = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-11-22T08:00:00Z");
    private final Pbx pbx = new Pbx(
            URI.create("https://presence.example/phone/pbx"),
            "/pbx/site-a",
            List.of(OLD, NEW),
            this::post,
            () -> now,
            this::later);

    private int post(URI url, Map<String, String> headers, byte[] body) throws IOException {
        posts.add(new Post(new TreeMap<>(headers), body, now));
        int answer = answers.isEmpty() ? 202 : answers.remove();
        if (answer == 0) {
            throw new IOException("no answer");
        }
        return answer;
    }

    private void later(Duration delay, Runnable retry) {
        retries.add(() -> {
            now = now.plus(delay);
            retry.run();
        });
    }

    @Test
    void sendsStructuredEventsSignedWithEverySecret() {
        String call = pbx.ring("1042");
        pbx.answer("1042", call);

        Post connected = posts.get(1);
        assertThat(connected.headers()).containsEntry("Content-Type", "application/cloudevents+json");
        assertThat(connected.isSignedWith(OLD)).isTrue();
        assertThat(connected.isSignedWith(NEW)).isTrue();
        JsonNode event = connected.event();
        assertThat(event.path("type").asText()).isEqualTo("phone.call.connected.v1");
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("subject").asText()).isEqualTo("ext/1042");
        assertThat(event.at("/data/call/id").asText()).isEqualTo(call);
        assertThat(event.at("/data/agent/value").asText()).isEqualTo("1042");
        assertThat(event.path("id").asText()).isEqualTo(connected.headers().get("webhook-id"));
    }

    @Test
    void numbersEventsSoThatTextOrderIsTheirOrder() {
        for (int i = 0; i < 12; i++) {
            pbx.dnd("1042", i % 2 == 0);
        }
        List<String> sequences =
                posts.stream().map(one -> one.event().path("sequence").asText()).toList();
        assertThat(sequences).isSorted().doesNotHaveDuplicates().allMatch(one -> one.length() == 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 301, 400, 401, 404, 429, 500, 503})
    void triesAgainWithTheSameIdAndAFreshSignature(int failure) {
        answers.add(failure);
        pbx.ring("1042");
        assertThat(posts).hasSize(1);
        retries.remove().run();

        assertThat(posts).hasSize(2);
        assertThat(posts.get(1).headers().get("webhook-id"))
                .isEqualTo(posts.get(0).headers().get("webhook-id"));
        assertThat(posts.get(1).body()).isEqualTo(posts.get(0).body());
        assertThat(posts.get(1).headers().get("webhook-timestamp"))
                .isNotEqualTo(posts.get(0).headers().get("webhook-timestamp"));
        assertThat(posts.get(1).isSignedWith(OLD)).isTrue();
        assertThat(pbx.outcomes()).hasSize(1);
        assertThat(pbx.outcomes().get(0).isDelivered()).isTrue();
    }

    @Test
    void stopsAt410AndGivesUpAfterItsLastTry() {
        answers.add(410);
        pbx.ring("1042");
        assertThat(retries).isEmpty();
        for (int i = 0; i < 6; i++) {
            answers.add(500);
        }
        pbx.ring("1042");
        while (!retries.isEmpty()) {
            retries.remove().run();
        }
        assertThat(pbx.outcomes()).extracting(Pbx.Outcome::isDelivered).containsExactly(false, false);
        assertThat(pbx.outcomes().get(1).attempts()).isEqualTo(6);
    }

    @Test
    void tellsAllCallsOfALineInASnapshot() {
        String first = pbx.ring("1042");
        pbx.answer("1042", first);
        pbx.hold("1042", first);
        String second = pbx.ring("1042");
        String elsewhere = pbx.ring("1043");
        pbx.snapshot("1042");

        JsonNode calls = posts.getLast().event().at("/data/calls");
        assertThat(calls.findValuesAsText("id")).containsExactly(first, second).doesNotContain(elsewhere);
        assertThat(calls.findValuesAsText("state")).containsExactly("held", "ringing");
    }

    @Test
    void healsALostHangupByTheNextSnapshot() {
        String call = pbx.ring("1042");
        pbx.answer("1042", call);
        int before = posts.size();
        pbx.loseHangup("1042", call);
        assertThat(posts).hasSize(before);
        pbx.snapshot("1042");
        assertThat(posts.getLast().event().at("/data/calls")).isEmpty();
    }

    @Test
    void knowsNoCallThatNeverBegan() {
        assertThatThrownBy(() -> pbx.answer("1042", "nosuch")).isInstanceOf(IllegalArgumentException.class);
    }
}
