package dev.lockstep.administration.page;

import dev.lockstep.administration.Configuration;
import dev.lockstep.administration.StoredConfiguration;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.phone.PhoneTroubles;
import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.store.Control;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whose the phones are, and lines that nobody has. */
@Singleton
final class LinesTab extends ListTab {
    private static final List<String> COLUMNS = List.of("connection", "line", "mac", "agent");

    private final PhoneTroubles troubles;

    @Inject
    LinesTab(Configuration configuration, PlatformCatalogue catalogue, Control control) {
        super(configuration, catalogue);
        this.troubles = new PhoneTroubles(control);
    }

    @Override
    public String name() {
        return "lines";
    }

    @Override
    public String title() {
        return "Lines";
    }

    @Override
    List<String> columns() {
        return COLUMNS;
    }

    @Override
    int keys() {
        return COLUMNS.size() - 1;
    }

    @Override
    List<List<String>> entries() {
        StoredConfiguration world = configuration.stored();
        return world.lines().entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .map(line -> List.of(
                                world.nameOf(entry.getKey()),
                                line.line().orElse(""),
                                line.mac().orElse(""),
                                line.agent())))
                .toList();
    }

    @Override
    DocumentNode.Fields entry(DocumentNode.Fields cells) {
        return cells;
    }

    @Override
    List<ListView.Waiting> waiting(List<List<String>> entries) {
        return troubles.all(PhoneTroubles.Kind.LINE).stream()
                .filter(trouble -> !isGiven(entries, trouble))
                .sorted(Comparator.comparing(PhoneTroubles.Trouble::count).reversed())
                .limit(MOST)
                .map(trouble -> new ListView.Waiting(
                        trouble.connection(),
                        trouble.name(),
                        trouble.count(),
                        trouble.lastAt().map(HistoryTab::absolute).orElse(""),
                        ConfigurationPages.PATH + "?part=lines" + parameter("connection", trouble.connection())
                                + (PhoneTroubles.isWhole(trouble.name()) ? parameter("line", trouble.name()) : "")
                                + parameter("known", trouble.name())))
                .toList();
    }

    /** It may have been given to somebody since. */
    private static boolean isGiven(List<List<String>> entries, PhoneTroubles.Trouble trouble) {
        return entries.stream()
                .filter(entry -> entry.getFirst().equalsIgnoreCase(trouble.connection()))
                .flatMap(entry -> entry.subList(1, COLUMNS.size() - 1).stream())
                .anyMatch(name -> !name.isEmpty() && PhoneTroubles.isShownAs(name, trouble.name()));
    }

    /** Of a telephone number only its end is known here: whoever types it is told if it is another one. */
    @Override
    Optional<String> notMeant(HttpCall call) {
        String known = call.formField("known");
        boolean meant = known.isBlank()
                || List.of("line", "mac").stream()
                        .map(call::formField)
                        .anyMatch(name -> !name.isBlank() && PhoneTroubles.isShownAs(name, known));
        return meant
                ? Optional.empty()
                : Optional.of(
                        "Nothing is saved: the line that you typed is not the one that was told of as " + known + ".");
    }
}
