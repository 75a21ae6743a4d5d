package dev.lockstep.administration.page;

import dev.lockstep.administration.Asking;
import dev.lockstep.administration.ConfigResponse;
import dev.lockstep.administration.Configuration;
import dev.lockstep.administration.StoredConfiguration;
import dev.lockstep.configured.Connection;
import dev.lockstep.configured.ConnectionSystem;
import dev.lockstep.configured.DocumentScopes;
import dev.lockstep.configured.StoredSecrets;
import dev.lockstep.document.Diagnostics;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.SourceLocation;
import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.signature.Digest;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Phone systems and applications: added, changed, removed; their tokens and secrets exchanged without a gap. */
@Singleton
final class ConnectionsTab implements Tab {
    private static final SourceLocation FORM = SourceLocation.in("form");

    private final Configuration configuration;
    private final PlatformCatalogue catalogue;
    private final List<ConnectionSystem> systems;
    private final FreshCredentials fresh;

    @Inject
    ConnectionsTab(
            Configuration configuration,
            PlatformCatalogue catalogue,
            @All List<ConnectionSystem> systems,
            FreshCredentials fresh) {
        this.configuration = configuration;
        this.catalogue = catalogue;
        this.systems = List.copyOf(systems);
        this.fresh = fresh;
    }

    @Override
    public String name() {
        return "connections";
    }

    @Override
    public String title() {
        return "Connections";
    }

    @Override
    public Shown read(HttpCall call) {
        call.allowParameters(List.of("part", "name"));
        StoredConfiguration world = configuration.stored();
        String name = call.formParameter("name");
        ConnectionsView.Edit edit = stored(world, name)
                .map(connection -> edit(world, connection))
                .orElseGet(() -> new ConnectionsView.Edit(name, "", "", "", "", "", version(world, name)));
        return shown(200, world, edit, List.of(), Outcome.NOTHING);
    }

    @Override
    public Shown done(HttpCall call) {
        call.allowParameters(List.of("part"));
        StoredConfiguration world = configuration.stored();
        ConnectionsView.Edit typed = typed(call);
        Asking asking = Asking.toApply(call.caller().label());
        if (!typed.version().equals(version(world, typed.name()))) {
            return shown(
                    412, world, with(typed, version(world, typed.name())), List.of(), Outcome.refusal(changed(typed)));
        }
        return switch (call.formField("act")) {
            case "show" -> asked(typed, fields(typed), Asking.toShow(), "Nothing is saved yet.", Optional.empty());
            case "save" -> asked(typed, fields(typed), asking, "It is saved.", Optional.empty());
            case "remove" -> asked(typed, removal(typed), asking, "It is removed.", Optional.empty());
            case "rotate" -> rotated(world, typed, asking);
            case "retire" -> retired(world, typed, asking);
            default -> throw RejectedRequest.malformed("act must be one of the form's buttons");
        };
    }

    private static String changed(ConnectionsView.Edit typed) {
        return "Nothing is done: the connection " + typed.name()
                + " is not as it was when you opened the page. Look at it below, and do it again.";
    }

    /** The old one holds on, so that the new one can be handed out. */
    private Shown rotated(StoredConfiguration world, ConnectionsView.Edit typed, Asking asking) {
        Optional<Connection> connection = stored(world, typed.name());
        List<String> old = connection.map(ConnectionsTab::credentials).orElse(List.of());
        boolean made = typed.credential().isBlank();
        if (connection.isEmpty() || old.size() > 1) {
            String why = connection.isEmpty()
                    ? "there is no such connection."
                    : "two hold already. Take the old one away first.";
            return refused(world, typed, why);
        }
        if (made && !fresh.areAllowed()) {
            return refused(
                    world,
                    typed,
                    "here values are kept in Secrets Manager alone. Have the new one stored there, and give its ARN.");
        }
        ConnectionSystem.Credential kind = kind(connection.get());
        String next = made ? fresh.next(kind) : typed.credential();
        List<String> both = Stream.concat(old.stream(), Stream.of(next)).toList();
        return asked(
                typed,
                credentials(typed.name(), kind, both),
                asking,
                "The new one holds beside the old one. Hand it out, then take the old one away.",
                made ? Optional.of(next) : Optional.empty());
    }

    private Shown retired(StoredConfiguration world, ConnectionsView.Edit typed, Asking asking) {
        Optional<Connection> connection = stored(world, typed.name());
        List<String> both = connection.map(ConnectionsTab::credentials).orElse(List.of());
        if (both.size() < 2) {
            return refused(world, typed, "there is no old one beside a new one.");
        }
        return asked(
                typed,
                credentials(typed.name(), kind(connection.get()), List.of(both.getLast())),
                asking,
                "The old one does not hold any more.",
                Optional.empty());
    }

    private Shown refused(StoredConfiguration world, ConnectionsView.Edit typed, String why) {
        return shown(422, world, typed, List.of(), Outcome.refusal("Nothing is done: " + why));
    }

    private Shown asked(
            ConnectionsView.Edit typed, DocumentNode.Fields entry, Asking asking, String said, Optional<String> made) {
        DocumentNode.Sequence one = new DocumentNode.Sequence(List.of(entry), FORM);
        DocumentNode.Fields request = new DocumentNode.Fields(List.of(new DocumentNode.Field(name(), one, FORM)), FORM);
        ConfigResponse.Result result = configuration.answer(request, asking, new Diagnostics());
        StoredConfiguration now = configuration.stored();
        Outcome outcome = Outcome.of(result, said, "", catalogue);
        if (!result.applied()) {
            return shown(outcome.refused() ? 422 : 200, now, typed, List.of(), outcome);
        }
        ConnectionsView.Edit next = new ConnectionsView.Edit("", "", "", "", "", "", version(now, ""));
        return shown(200, now, next, made.stream().toList(), outcome);
    }

    private static DocumentNode.Fields credentials(String name, ConnectionSystem.Credential kind, List<String> all) {
        return new DocumentNode.Fields(List.of(field("name", scalar(name)), field(kind.field(), list(all))), FORM);
    }

    private static DocumentNode.Fields removal(ConnectionsView.Edit typed) {
        return new DocumentNode.Fields(
                List.of(field("name", scalar(typed.name())), field("remove", scalar("true"))), FORM);
    }

    /** What is left empty stays. */
    private DocumentNode.Fields fields(ConnectionsView.Edit typed) {
        List<DocumentNode.Field> fields = new ArrayList<>();
        fields.add(field("name", scalar(typed.name())));
        given(typed.system()).ifPresent(system -> fields.add(field("system", scalar(system))));
        given(typed.url()).ifPresent(url -> fields.add(field("url", scalar(url))));
        given(typed.clientId())
                .ifPresent(id -> fields.add(field("clientId", scalar(id.equals(ListTab.NONE) ? "" : id))));
        given(typed.teams()).ifPresent(teams -> fields.add(field("teams", list(names(teams)))));
        given(typed.credential())
                .ifPresent(credential -> fields.add(field(kind(typed.system()).field(), list(List.of(credential)))));
        return new DocumentNode.Fields(fields, FORM);
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(any -> !any.isEmpty());
    }

    private static List<String> names(String teams) {
        return teams.equals(ListTab.NONE)
                ? List.of()
                : Stream.of(teams.split(","))
                        .map(String::strip)
                        .filter(team -> !team.isEmpty())
                        .toList();
    }

    private static DocumentNode.Field field(String name, DocumentNode value) {
        return new DocumentNode.Field(name, value, FORM);
    }

    private static DocumentNode scalar(String text) {
        return new DocumentNode.Scalar(text, FORM);
    }

    private static DocumentNode list(List<String> texts) {
        return new DocumentNode.Sequence(
                texts.stream().map(ConnectionsTab::scalar).toList(), FORM);
    }

    private ConnectionSystem.Credential kind(Connection connection) {
        return kind(connection.system());
    }

    private ConnectionSystem.Credential kind(String system) {
        return systems.stream()
                .filter(one -> one.name().equals(system))
                .findFirst()
                .map(ConnectionSystem::credential)
                .orElse(ConnectionSystem.Credential.SECRETS);
    }

    private static List<String> credentials(Connection connection) {
        return Stream.concat(connection.tokens().stream(), connection.secrets().stream())
                .toList();
    }

    private static Optional<Connection> stored(StoredConfiguration world, String name) {
        return Optional.ofNullable(world.connections().get(name.toLowerCase(Locale.ROOT)));
    }

    private static String version(StoredConfiguration world, String name) {
        return Digest.hex(world.documents().getOrDefault(DocumentScopes.connection(name), ""), 16);
    }

    private static ConnectionsView.Edit typed(HttpCall call) {
        return new ConnectionsView.Edit(
                call.formField("name").strip(),
                call.formField("system").strip(),
                call.formField("credential").strip(),
                call.formField("url").strip(),
                call.formField("teams").strip(),
                call.formField("clientId").strip(),
                call.formField("version"));
    }

    private static ConnectionsView.Edit with(ConnectionsView.Edit typed, String version) {
        return new ConnectionsView.Edit(
                typed.name(), typed.system(), "", typed.url(), typed.teams(), typed.clientId(), version);
    }

    private static ConnectionsView.Edit edit(StoredConfiguration world, Connection connection) {
        return new ConnectionsView.Edit(
                connection.name(),
                connection.system(),
                "",
                connection.url().map(URI::toString).orElse(""),
                String.join(", ", connection.teams()),
                connection.clientId().orElse(""),
                version(world, connection.name()));
    }

    /** What is typed as a token or secret is never sent back. */
    private Shown shown(
            int status, StoredConfiguration world, ConnectionsView.Edit edit, List<String> made, Outcome outcome) {
        List<ConnectionsView.Row> rows = world.connections().values().stream()
                .map(one -> row(world, one))
                .toList();
        return new Shown(
                status,
                ConfigurationPage.Content.of(new ConnectionsView(
                        rows,
                        systems.stream().map(ConnectionSystem::name).sorted().toList(),
                        edit,
                        made,
                        outcome)));
    }

    private static ConnectionsView.Row row(StoredConfiguration world, Connection connection) {
        return new ConnectionsView.Row(
                connection.name(),
                connection.system(),
                credentials(connection).stream()
                        .map(text -> StoredSecrets.isReference(text) ? text : "a value, not shown")
                        .toList(),
                connection.url().map(URI::toString).orElse("/phone/" + connection.name()),
                String.join(", ", connection.teams()),
                connection.clientId().orElse(""),
                world.lines().getOrDefault(connection.key(), List.of()).size(),
                version(world, connection.name()),
                ConfigurationPages.PATH + "?part=connections" + ListTab.parameter("name", connection.name()));
    }
}
