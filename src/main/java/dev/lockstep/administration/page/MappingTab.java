package dev.lockstep.administration.page;

import dev.lockstep.administration.Asking;
import dev.lockstep.administration.Configuration;
import dev.lockstep.administration.FormerMappings;
import dev.lockstep.administration.HistoryEntry;
import dev.lockstep.document.Diagnostics;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.DocumentReader;
import dev.lockstep.document.DocumentWriter;
import dev.lockstep.document.SourceLocation;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.RejectionReason;
import dev.lockstep.protocol.signature.Digest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The mapping of the installation or of a team, typed as YAML: checked, tried, saved, brought back. */
@Singleton
final class MappingTab implements Tab {
    private static final SourceLocation TOP = new SourceLocation("mapping", 1, 1);

    private final Configuration configuration;
    private final PlatformCatalogue catalogue;

    @Inject
    MappingTab(Configuration configuration, PlatformCatalogue catalogue) {
        this.configuration = configuration;
        this.catalogue = catalogue;
    }

    @Override
    public String name() {
        return "mapping";
    }

    @Override
    public String title() {
        return "Mapping";
    }

    @Override
    public Shown read(HttpCall call) {
        call.allowParameters(List.of("part", "team", "before"));
        Scope scope = scope(call);
        String before = call.formParameter("before");
        if (before.isBlank()) {
            return scope.shown(200, scope.yaml(), scope.version(), List.of(), Outcome.NOTHING);
        }
        String text = FormerMappings.before(before, scope.stored())
                .flatMap(former -> Optional.ofNullable(former.mappings().get(scope.name())))
                .map(former -> yaml(scope.name(), former))
                .orElseThrow(() -> new RejectedRequest(RejectionReason.UNKNOWN, "this is kept no more"));
        Outcome outcome = asked(
                scope,
                text,
                Asking.toShow(),
                "This is the mapping as it was before that change. Save it to bring it back.");
        return scope.shown(200, text, scope.version(), List.of(), outcome);
    }

    @Override
    public Shown done(HttpCall call) {
        call.allowParameters(List.of("part", "team"));
        Scope scope = scope(call);
        String text = call.formField("text").replace("\r\n", "\n");
        return switch (call.formField("act")) {
            case "check" -> tried(scope, call, text, Asking.toCheck(), "There is no mistake.");
            case "show" -> tried(scope, call, text, Asking.toShow(), "There is no mistake. Nothing is saved yet.");
            case "save" -> saved(scope, call, text);
            default -> throw RejectedRequest.malformed("act must be check, show or save");
        };
    }

    private Shown tried(Scope scope, HttpCall call, String text, Asking asking, String said) {
        Outcome outcome = asked(scope, text, asking, said);
        return scope.shown(status(outcome), text, call.formField("version"), List.of(), outcome);
    }

    private Shown saved(Scope scope, HttpCall call, String text) {
        if (!call.formField("version").equals(scope.version())) {
            return scope.shown(412, text, scope.version(), List.of(scope.yaml()), Outcome.refusal(changed(scope)));
        }
        Outcome outcome = asked(
                scope,
                text,
                Asking.toApply(call.caller().label()),
                "It is saved. Every function knows it within 30 seconds.");
        if (outcome.refused()) {
            return scope.shown(422, text, scope.version(), List.of(), outcome);
        }
        Scope now = scope(call);
        return now.shown(200, now.yaml(), now.version(), List.of(), outcome);
    }

    private static String changed(Scope scope) {
        String last = HistoryEntry.kept(scope.stored()).stream()
                .findFirst()
                .map(newest -> "; the last change of the configuration is " + HistoryTab.whose(newest.entry()))
                .orElse("");
        return "Nothing is saved: somebody changed this mapping since you opened it" + last
                + ". What you typed is still here, and what is stored now stands below it. Save again to replace that.";
    }

    private static int status(Outcome outcome) {
        return outcome.refused() ? 422 : 200;
    }

    private Outcome asked(Scope scope, String text, Asking asking, String said) {
        Diagnostics mistakes = new Diagnostics();
        DocumentNode tree = DocumentReader.read(TOP.scope(), text, MappingDocument.LONGEST, mistakes)
                .orElse(new DocumentNode.Empty(TOP));
        DocumentNode.Fields request = fields("mappings", fields(scope.name(), tree));
        return Outcome.of(configuration.answer(request, asking, mistakes), said, text, catalogue);
    }

    private static DocumentNode.Fields fields(String name, DocumentNode value) {
        return new DocumentNode.Fields(List.of(new DocumentNode.Field(name, value, TOP)), TOP);
    }

    private Scope scope(HttpCall call) {
        return new Scope(
                call.formParameter("team").strip(), configuration.stored().documents());
    }

    private static String yaml(String scope, String stored) {
        DocumentNode tree = MappingDocument.read(scope, stored).tree();
        return tree instanceof DocumentNode.Fields branch && branch.fields().isEmpty() ? "" : DocumentWriter.yaml(tree);
    }

    /**
     * Whose mapping it is, in what is stored at present.
     *
     * @param team blank for the whole installation
     * @param stored every document
     */
    private record Scope(String team, Map<String, String> stored) {
        String name() {
            return MappingDocument.scopeOf(team);
        }

        private String document() {
            return stored.getOrDefault(name(), "");
        }

        String yaml() {
            return MappingTab.yaml(name(), document());
        }

        String version() {
            return Digest.hex(document(), 16);
        }

        Shown shown(int status, String text, String version, List<String> others, Outcome outcome) {
            List<String> teams = stored.keySet().stream()
                    .flatMap(scope -> MappingDocument.teamOf(scope).stream())
                    .sorted()
                    .toList();
            return new Shown(
                    status, ConfigurationPage.Content.of(new MappingView(team, teams, text, version, others, outcome)));
        }
    }
}
