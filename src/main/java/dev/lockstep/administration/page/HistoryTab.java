package dev.lockstep.administration.page;

import dev.lockstep.administration.Configuration;
import dev.lockstep.administration.FormerMappings;
import dev.lockstep.administration.HistoryEntry;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What was applied last, by whom, and the mappings as they were before. */
@Singleton
final class HistoryTab implements Tab {
    private final Configuration configuration;

    @Inject
    HistoryTab(Configuration configuration) {
        this.configuration = configuration;
    }

    @Override
    public String name() {
        return "history";
    }

    @Override
    public String title() {
        return "History";
    }

    @Override
    public Shown read(HttpCall call) {
        call.allowParameters(List.of("part"));
        Map<String, String> stored = configuration.stored().documents();
        List<HistoryView.Entry> entries = HistoryEntry.kept(stored).stream()
                .map(kept -> shown(kept, stored))
                .toList();
        return new Shown(200, ConfigurationPage.Content.of(new HistoryView(entries)));
    }

    @Override
    public Shown done(HttpCall call) {
        throw RejectedRequest.malformed("the history has no form");
    }

    private static HistoryView.Entry shown(HistoryEntry.Kept kept, Map<String, String> stored) {
        HistoryEntry entry = kept.entry();
        return new HistoryView.Entry(
                entry.at().toString(),
                absolute(entry.at()),
                by(entry),
                entry.changes(),
                Math.max(0, entry.count() - entry.changes().size()),
                FormerMappings.before(kept.id(), stored).stream()
                        .flatMap(former -> former.mappings().keySet().stream())
                        .map(scope -> former(scope, kept.id()))
                        .toList());
    }

    private static HistoryView.Former former(String scope, String id) {
        String team = MappingDocument.teamOf(scope).orElse("");
        String of = team.isBlank() ? "the installation" : "team " + team;
        return new HistoryView.Former(
                "Mapping of " + of + " before this",
                ConfigurationPages.PATH + "?part=mapping&team=" + URLEncoder.encode(team, StandardCharsets.UTF_8)
                        + "&before=" + id);
    }

    /** {@code that of user:… (Anna) at 2026-11-28 08:00:00 UTC} */
    static String whose(HistoryEntry entry) {
        return "that of " + by(entry) + " at " + absolute(entry.at());
    }

    private static String by(HistoryEntry entry) {
        return entry.by().isBlank() ? "whoever invoked the function config" : entry.by();
    }

    static String absolute(Instant at) {
        return at.toString().substring(0, 19).replace('T', ' ') + " UTC";
    }
}
