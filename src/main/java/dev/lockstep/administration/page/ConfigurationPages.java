package dev.lockstep.administration.page;

import dev.lockstep.administration.ConfigurationApi;
import dev.lockstep.browser.Visitors;
import dev.lockstep.protocol.http.Endpoint;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.RejectionReason;
import dev.lockstep.protocol.http.Requester;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * {@code GET} and {@code POST /board/configuration}: what the function {@code config} does, for holders of
 * {@code Configuration.Manage} in a browser. {@code docs/configuration.md} describes the pages.
 */
@Singleton
public final class ConfigurationPages implements Endpoint {
    /** Its parts are told apart by a parameter, so that one route of the gateway is enough. */
    public static final String PATH = "/board/configuration";

    private final Visitors visitors;
    private final ConfigurationTemplates templates;
    private final List<Tab> parts;

    @Inject
    public ConfigurationPages(
            Visitors visitors,
            ConfigurationTemplates templates,
            MappingTab mappings,
            ConnectionsTab connections,
            LinesTab lines,
            AgentsTab agents,
            ModesTab modes,
            HistoryTab history) {
        this.visitors = visitors;
        this.templates = templates;
        this.parts = List.of(mappings, connections, lines, agents, modes, history);
    }

    @Override
    public String name() {
        return "config-api";
    }

    @Override
    public int mostBytes() {
        return ConfigurationApi.MAX_BYTES;
    }

    @Override
    public String unavailable(HttpCall call) {
        return call.method().equals("GET")
                ? "the store does not answer; please try again"
                : "the store did not answer, so that it may be saved or not: go back, and do it again; what is saved already"
                        + " stays, and what is left of it is done";
    }

    @Override
    public HttpAnswer rejection(RejectedRequest why) {
        return visitors.rejection(why);
    }

    @Override
    public HttpAnswer handle(HttpCall call) {
        return visitors.received(call, this::page);
    }

    private HttpAnswer page(HttpCall call, List<Visitors.Visitor> visitor) {
        call.caller().demand(Requester.CONFIGURE);
        String name = call.formParameter("part");
        Tab part = parts.stream()
                .filter(one -> one.name().equals(name) || (name.isEmpty() && one == parts.getFirst()))
                .findFirst()
                .orElseThrow(() -> new RejectedRequest(RejectionReason.UNKNOWN, "there is no such part"));
        Tab.Shown shown = switch (call.method()) {
            case "GET" -> part.read(call);
            case "POST" -> {
                // Whoever cannot be named in the history changes nothing.
                call.caller().ownName();
                yield part.done(call);
            }
            default -> throw RejectedRequest.onlyWith("GET, POST");
        };
        return shown.file()
                .orElseGet(() -> templates
                        .page()
                        .answer(
                                shown.status(),
                                new ConfigurationPage(part.title(), tabs(part), visitor, shown.content())));
    }

    private List<ConfigurationPage.Way> tabs(Tab open) {
        return parts.stream()
                .map(part -> new ConfigurationPage.Way(part.title(), PATH + "?part=" + part.name(), part == open))
                .toList();
    }
}
