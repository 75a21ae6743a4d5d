package dev.lockstep.phone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.check.Finding;
import dev.lockstep.configured.Connection;
import dev.lockstep.configured.InMemoryConnections;
import dev.lockstep.intake.LastTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PhoneChecksTest {
    private static final String SECRET = "whsec_a2V5LW9mLXR3ZW50eS1mb3VyLWJ5dGVzLQ==";
    private static final String DIGITS = "0123456789abcdef0123456789abcdef01234567";

    private final PhoneFixture desk = new PhoneFixture();
    private final InMemoryConnections connections = new InMemoryConnections();
    private final Map<String, String> stored = new HashMap<>();

    @Test
    void oneValueUnderTwoReferencesIsFound() {
        connect("pbx", "arn:one", SECRET);
        connect("other", "arn:two", "v1," + SECRET.replace("=", ""));
        connect("third", "arn:three", "whsec_YW5vdGhlci1vZi10d2VudHktZm91ci1ieXRlcw==");

        Finding found = found("phone-secrets");
        assertThat(found.grade()).isEqualTo(Finding.Grade.FAILED);
        assertThat(found.detail()).contains("pbx").contains("other").doesNotContain("third", "whsec_", "arn:");
    }

    @Test
    void whatLooksLikeHexIsToldWithTheSpellingsThatArePossible() {
        connect("pbx", "arn:one", "whsec_" + DIGITS);

        Finding found = found("phone-secrets");
        assertThat(found.grade()).isEqualTo(Finding.Grade.WARNING);
        assertThat(found.detail()).contains("pbx", "hexadecimal").doesNotContain(DIGITS);
        assertThat(found.fix()).contains("base64", "digits spell", "as they are written");
    }

    @Test
    void aRefusalSaysSoTooWhereSuchASecretMayBeTheReason() {
        connect("pbx", "arn:one", "whsec_" + DIGITS);
        connect("other", "arn:two", SECRET);
        PhoneTroubles troubles = new PhoneTroubles(desk.control);
        troubles.count(PhoneTroubles.Kind.REFUSAL, "other", Generic.FORGED, desk.now());
        assertThat(found("phone-refusals").fix()).doesNotContain("hexadecimal");

        troubles.count(PhoneTroubles.Kind.REFUSAL, "pbx", Generic.FORGED, desk.now());
        assertThat(found("phone-refusals").fix()).contains("hexadecimal", "base64");
    }

    @Test
    void whatNeverCameWasNotLookedAt() {
        for (String name : List.of("phone-clocks", "phone-refusals")) {
            assertThat(found(name).grade()).as(name).isEqualTo(Finding.Grade.SKIPPED);
        }
        LastTime.heard(desk.control, PhoneWebhook.SOURCE).at(desk.now());
        for (String name : List.of("phone-clocks", "phone-refusals")) {
            assertThat(found(name).grade()).as(name).isEqualTo(Finding.Grade.OK);
        }
    }

    @Test
    void aRefusalIsToldOfThoughNothingWasTakenYet() {
        new PhoneTroubles(desk.control).count(PhoneTroubles.Kind.REFUSAL, "pbx", Generic.FORGED, desk.now());

        assertThat(found("phone-refusals").grade()).isEqualTo(Finding.Grade.WARNING);
        assertThat(found("phone-clocks").grade()).isEqualTo(Finding.Grade.SKIPPED);
    }

    private void connect(String name, String reference, String value) {
        stored.put(reference, value);
        connections.with(new Connection(name, "generic", List.of(), List.of(reference), Optional.empty(), List.of()));
    }

    private Finding found(String name) {
        return new PhoneChecks(connections, stored::get, desk.control)
                .checks().stream()
                        .filter(check -> check.name().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .look()
                        .get();
    }
}
