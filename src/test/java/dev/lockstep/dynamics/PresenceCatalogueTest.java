package dev.lockstep.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.concurrent.SettableClock;
import dev.lockstep.dynamics.dataverse.OmnichannelApi;
import dev.lockstep.dynamics.dataverse.OmnichannelApi.PresenceRow;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.store.InMemoryControl;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PresenceCatalogueTest {
    private static final String OPEN = "0a0a0a0a-0000-4000-8000-000000000011";
    private static final String SHUT = "0a0a0a0a-0000-4000-8000-000000000012";
    private static final String TEXT = "0a0a0a0a-0000-4000-8000-000000000013";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T10:00:00Z"));
    private final InMemoryControl control = new InMemoryControl(clock);
    private final List<PresenceRow> rows = new ArrayList<>();
    private int asked;
    private boolean silent;

    private CachedPresenceCatalogue catalogue() {
        OmnichannelApi api = (OmnichannelApi) Proxy.newProxyInstance(
                OmnichannelApi.class.getClassLoader(),
                new Class<?>[] {OmnichannelApi.class},
                (proxy, method, given) -> {
                    assertThat(method.getName()).isEqualTo("presences");
                    return read();
                });
        return new CachedPresenceCatalogue(api, control, clock);
    }

    private List<PresenceRow> read() {
        asked++;
        if (silent) {
            throw new PlatformException.Unreachable("silent");
        }
        return List.copyOf(rows);
    }

    @Test
    @DisplayName("a name goes before a text, and of several of one name the one that keeps work away")
    void namesAndTexts() {
        PresenceCatalogue presences = new PresenceCatalogue(List.of(
                new PresenceRow(TEXT, "Custom 7", "On a call", 192360002),
                new PresenceRow(OPEN, "On a call", "x", 192360001),
                new PresenceRow(SHUT, "on A call", "x", 192360002)));

        assertThat(presences.idOf("On a call")).contains(SHUT);
        assertThat(new PresenceCatalogue(presences.rows().subList(0, 2)).idOf("On a call"))
                .contains(OPEN);
        assertThat(new PresenceCatalogue(presences.rows().subList(0, 1)).idOf("On a call"))
                .contains(TEXT);
    }

    @Test
    @DisplayName("a presence that was made just now is read at once, and one that is in no list not again and again")
    void unknownPresences() {
        CachedPresenceCatalogue catalogue = catalogue();
        catalogue.get();
        clock.advance(Duration.ofSeconds(31));
        rows.add(new PresenceRow(SHUT, "Errand", "Errand", 192360003));

        assertThat(catalogue.get().isThere(SHUT)).isFalse();
        assertThat(catalogue.knowing(SHUT).isThere(SHUT)).isTrue();
        assertThat(asked).isEqualTo(2);

        for (int i = 0; i < 5; i++) {
            assertThat(catalogue.knowing(OPEN).isThere(OPEN)).isFalse();
        }
        assertThat(asked).isEqualTo(2);
        clock.advance(Duration.ofSeconds(30));
        catalogue.knowing(OPEN);
        assertThat(asked).isEqualTo(3);
        catalogue.knowing(SHUT);
        catalogue.knowing(GivenDynamics.AVAILABLE);
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void whatAnInstanceStartedWithIsReadAnewAtOnce() {
        rows.add(new PresenceRow(TEXT, "Lunch", "Lunch", 192360003));
        catalogue().get();
        rows.add(new PresenceRow(SHUT, "Errand", "Errand", 192360003));
        rows.add(new PresenceRow(OPEN, "Missed", "Missed", 192360003, true));
        CachedPresenceCatalogue fresh = catalogue();

        assertThat(fresh.knowing(SHUT).isThere(SHUT)).isTrue();
        assertThat(fresh.get().isForMissedWork(OPEN)).isTrue();
        assertThat(catalogue().get().isForMissedWork(OPEN)).as("as stored").isTrue();
    }

    @Test
    void whatIsKnownServesWhileDynamicsIsSilent() {
        rows.add(new PresenceRow(SHUT, "Errand", "Errand", 192360003));
        CachedPresenceCatalogue catalogue = catalogue();
        catalogue.get();
        clock.advance(Duration.ofSeconds(31));
        silent = true;

        assertThat(catalogue.knowing(OPEN).isThere(SHUT)).isTrue();
    }
}
