package dev.lockstep.administration.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.platform.Subject;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.Requester;
import dev.lockstep.store.ControlKeys;
import dev.lockstep.sync.StoredWriteModes;
import dev.lockstep.sync.WriteModes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writing is held back in a browser: where, why, until when, by whom. */
class ModesTabTest {
    private static final Subject RITA = new Subject("rita", "rita", "Rita Rep", "Priority");

    private final GivenPages pages = new GivenPages();

    @BeforeEach
    void rita() {
        pages.world.apply("agents: [{agentId: rita, name: Rita Rep, team: Priority}]");
    }

    private HttpAnswer set(String kind, String name, String mode, String lasts, String reason) {
        Map<String, String> form = new HashMap<>(Map.of("act", "set", "kind", kind, "name", name, "mode", mode));
        form.put("lasts", lasts);
        form.put("reason", reason);
        return pages.post("part=modes", form);
    }

    private WriteModes.Mode holds(String platform) {
        return new StoredWriteModes(pages.control, pages.world.clock).of(RITA, platform);
    }

    @ParameterizedTest
    @CsvSource({
        "everywhere, '', mode, everywhere",
        "platform, Teams, mode#platform#teams, Teams",
        "team, priority, mode#team#priority, team priority",
        "agent, rita, mode#agent#rita, agent rita"
    })
    void aModeHasAPlaceAReasonAndANameToAsk(String kind, String name, String key, String where) {
        HttpAnswer set = set(kind, name, "observe", "", "we look first");

        assertThat(GivenPages.read(set))
                .contains("It is set.", where, "observe", "user:0a1b (Anna Admin)", "we look first");
        assertThat(pages.control.withPrefix(ControlKeys.MODE)).containsExactly(Map.entry(key, "observe"));
        assertThat(holds("teams")).isEqualTo(WriteModes.Mode.OBSERVE);
        assertThat(GivenPages.read(pages.get("part=history"))).contains("observe, because: we look first");

        assertThat(pages.post("part=modes", Map.of("act", "end", "key", key)).body())
                .contains("It is ended.");
        assertThat(holds("teams")).isEqualTo(WriteModes.Mode.ON);
        assertThat(pages.control.withPrefix("")).isEmpty();
        assertThat(pages.post("part=modes", Map.of("act", "end", "key", key)).status())
                .isEqualTo(422);
        assertThat(GivenPages.read(pages.get("part=history"))).contains("ended");
    }

    @Test
    void anEndComesByItself() {
        assertThat(GivenPages.read(set("everywhere", "", "off", "PT1H", "maintenance")))
                .contains("maintenance", "UTC");
        pages.world.clock.advance(Duration.ofMinutes(59));
        assertThat(holds("dynamics")).isEqualTo(WriteModes.Mode.OFF);

        pages.world.clock.advance(Duration.ofMinutes(2));
        assertThat(holds("dynamics")).isEqualTo(WriteModes.Mode.ON);
        assertThat(pages.get("part=modes").body()).contains("Lockstep writes everywhere.");
    }

    /** In another spelling it would go on holding. */
    @Test
    void whatWasSaidBeforeForTheSamePlaceGoes() {
        pages.control.put("mode#team#PRIORITY", "off", Optional.empty());
        set("team", "priority", "observe", "", "why");

        assertThat(pages.control.withPrefix(ControlKeys.MODE))
                .containsExactly(Map.entry("mode#team#priority", "observe"));
    }

    @ParameterizedTest
    @CsvSource({
        "everywhere, '', obsrve, why, 'is no mode'",
        "everywhere, '', '', why, 'is no mode'",
        "everywhere, '', off, '', 'say why'",
        "platform, taems, off, why, 'did you mean &quot;teams&quot;'",
        "team, priorty, off, why, 'did you mean &quot;priority&quot;'",
        "team, '', off, why, 'nobody is in the team'",
        "agent, eve, off, why, 'no agent is called'",
        "unknown, x, off, why, 'say where'",
        "dance, x, off, why, 'say where'"
    })
    void whatNobodyKnowsIsRefusedAndStaysTyped(String kind, String name, String mode, String reason, String said) {
        HttpAnswer refused = set(kind, name, mode, "", reason);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains(said, "name=\"name\" value=\"" + name + '"');
        assertThat(pages.control.withPrefix("")).isEmpty();
    }

    @Test
    void whatTheFormDoesNotHaveIsRefused() {
        assertThat(set("everywhere", "", "off", "P9999D", "why").status()).isEqualTo(400);
        assertThat(pages.post("part=modes", Map.of("act", "dance")).status()).isEqualTo(400);
        assertThat(set("everywhere", "", "off", "", "x".repeat(201)).status()).isEqualTo(422);
        pages.control.put("bulk-all", "7", Optional.empty());
        assertThat(pages.post("part=modes", Map.of("act", "end", "key", "bulk-all"))
                        .status())
                .isEqualTo(422);
        assertThat(pages.control.withPrefix("")).hasSize(1);
    }

    @Test
    void whatIsStoredAndNobodyUnderstandsIsSaidToBeObserve() {
        pages.control.put("mode", "obsrve", Optional.empty());
        pages.control.put("mode#teams#x", "off", Optional.empty());

        assertThat(GivenPages.read(pages.get("part=modes")))
                .contains("&quot;obsrve&quot; is no mode, so observe holds")
                .contains("&quot;mode#teams#x&quot; is no scope, so it holds everywhere");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "\"><img src=x onerror=1>", "' onload='x", "{page.title}"})
    void whatComesFromPeopleAndDocumentsIsOnlyText(String evil) {
        Requester.Holder named = new Requester.Holder(true, "0a1b", evil, Set.of("Configuration.Manage"), Set.of());
        pages.control.put("mode#" + evil, evil, Optional.empty());
        Map<String, String> form = Map.of("act", "set", "kind", "everywhere", "mode", "off", "reason", evil);
        Map<String, String> wrong = Map.of("act", "set", "kind", "team", "name", evil, "mode", "off", "reason", evil);

        for (HttpAnswer page : new HttpAnswer[] {
            pages.post(named, "part=modes", form),
            pages.post(named, "part=modes", wrong),
            pages.post(named, "part=modes", Map.of("act", "set", "mode", evil)),
            pages.get(named, "part=modes"),
            pages.get(named, "part=history")
        }) {
            String body = page.body().replaceAll("(?s)<script>\\s*\"use strict\".*?</script>", "");
            assertThat(body).doesNotContain("<script", "<img", "' onload");
        }
    }
}
