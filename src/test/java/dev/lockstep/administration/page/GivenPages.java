package dev.lockstep.administration.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.administration.ConfigurationFixture;
import dev.lockstep.administration.Modes;
import dev.lockstep.board.BoardTemplate;
import dev.lockstep.browser.GivenBrowser;
import dev.lockstep.configured.ReasonedModes;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.EdgeInMemory;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.Requester;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.StoreFaults;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The administrator's pages over stores in memory, and people in a browser who use them. */
final class GivenPages {
    static final Requester.Holder ANNA =
            new Requester.Holder(true, "0a1b", "Anna Admin", Set.of("Configuration.Manage"), Set.of());

    final ConfigurationFixture world;
    final EdgeInMemory edge = new EdgeInMemory();
    final InMemoryControl control;
    private final GivenBrowser browser = GivenBrowser.usual();
    private final Map<Requester.Holder, String> cookies = new HashMap<>();

    GivenPages() {
        this(StoreFaults.NONE);
    }

    GivenPages(StoreFaults faults) {
        this(new ConfigurationFixture(true, faults));
    }

    GivenPages(ConfigurationFixture world) {
        this.world = world;
        control = new InMemoryControl(world.clock);
    }

    ConfigurationPages pages() {
        return new ConfigurationPages(
                browser.visitors(),
                new ConfigurationTemplates(
                        BoardTemplate.read("configuration/page.html"),
                        BoardTemplate.read("board/style.txt"),
                        BoardTemplate.read("configuration/style.txt"),
                        BoardTemplate.read("configuration/script.txt")),
                new MappingTab(world.configuration(), GivenPlatforms.CATALOGUE),
                new ConnectionsTab(
                        world.configuration(),
                        GivenPlatforms.CATALOGUE,
                        world.systems(),
                        new FreshCredentials(world.settings(), new SplittableRandom(7))),
                new LinesTab(world.configuration(), GivenPlatforms.CATALOGUE, control),
                new AgentsTab(world.configuration(), GivenPlatforms.CATALOGUE),
                new ModesTab(
                        new Modes(
                                new ReasonedModes(control),
                                world.documents,
                                world.agents,
                                new AgentLookup(GivenPlatforms.CATALOGUE, world.agents, world.identities),
                                GivenPlatforms.CATALOGUE),
                        GivenPlatforms.CATALOGUE),
                new HistoryTab(world.configuration()));
    }

    HttpAnswer get(String query) {
        return get(ANNA, query);
    }

    HttpAnswer get(Requester.Holder person, String query) {
        return answer(call("GET", person, query, ""));
    }

    /** A form of the page, sent as a browser sends it. */
    HttpAnswer post(String query, Map<String, String> fields) {
        return post(ANNA, query, fields);
    }

    HttpAnswer post(Requester.Holder person, String query, Map<String, String> fields) {
        return answer(call("POST", person, query, form(fields) + "&token=" + token(person)));
    }

    HttpAnswer answer(HttpCall call) {
        world.clock.advance(Duration.ofSeconds(1));
        return edge.answer(pages(), call);
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    HttpCall call(String method, Requester.Holder person, String query, String body) {
        return of(method, query, headers(person), body);
    }

    Map<String, String> headers(Requester.Holder person) {
        return new HashMap<>(Map.of("Sec-Fetch-Site", "same-origin", "Cookie", cookie(person)));
    }

    private String cookie(Requester.Holder person) {
        return cookies.computeIfAbsent(
                person, any -> browser.signedIn(person, world.clock.instant().minusSeconds(60)));
    }

    /** What every page that this person sees has in its forms. */
    String token(Requester.Holder person) {
        return browser.visitors()
                .received(
                        call("GET", person, "", ""),
                        (call, visitors) ->
                                HttpAnswer.text(200, visitors.getFirst().formToken()))
                .body();
    }

    /** A page's text for people. */
    static String read(HttpAnswer page) {
        return page.body()
                .replaceAll("(?s)<style>.*</style>|<script>.*</script>", "")
                .replaceAll("<[^>]+>", "")
                .replaceAll("\\s+", " ");
    }

    /** What stands in a hidden field. */
    static String hidden(HttpAnswer page, String name) {
        Matcher field =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page.body());
        assertThat(field.find()).as(page.body()).isTrue();
        return field.group(1);
    }

    HttpCall of(String method, String query, Map<String, String> headers, String body) {
        return HttpCall.of(method, ConfigurationPages.PATH, query, headers, Body.of(body), world.clock.instant())
                .withCaller(new Requester.Unverified());
    }
}
