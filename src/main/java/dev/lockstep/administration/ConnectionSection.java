package dev.lockstep.administration;

import dev.lockstep.configured.ConfigSettings;
import dev.lockstep.configured.Connection;
import dev.lockstep.configured.ConnectionSystem;
import dev.lockstep.configured.DocumentScopes;
import dev.lockstep.document.Suggestions;
import dev.lockstep.protocol.entra.Guid;
import dev.lockstep.protocol.http.PrivateNetwork;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The connections of a request. A field that is not named keeps what is stored, so a token is exchanged by naming the
 * connection and its tokens alone.
 */
final class ConnectionSection {
    /** It stands in a URL and inside identities, whose parts are told apart by a sharp. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private final List<ConnectionSystem> systems;
    private final ConfigSettings settings;
    private final StoredConfiguration world;
    private final Draft draft;
    private final CredentialRules credentials;

    ConnectionSection(List<ConnectionSystem> systems, ConfigSettings settings, StoredConfiguration world, Draft draft) {
        this.systems = systems;
        this.settings = settings;
        this.world = world;
        this.draft = draft;
        this.credentials = new CredentialRules(settings.inlineSecrets(), draft.mistakes, draft.warnings);
    }

    /** All connections as they are to be, by name in lower case. */
    SortedMap<String, Connection> read(List<EntryReader> forms) {
        SortedMap<String, Connection> all = new TreeMap<>(world.connections());
        SortedMap<String, String> named = new TreeMap<>();
        SortedMap<String, EntryReader> given = new TreeMap<>();
        for (EntryReader form : forms) {
            name(form).filter(name -> isNew(name, named)).ifPresent(name -> {
                read(form, name, all);
                given.put(key(name.text()), form);
            });
        }
        given.forEach((name, form) -> {
            Optional<Connection> one = Optional.ofNullable(all.get(name));
            one.ifPresent(connection -> refuseShared(form, connection, all.values()));
        });
        return all;
    }

    /**
     * Whoever listens could send what was signed for one connection to the other, where it means somebody else; and with
     * its token an application speaks in one name.
     */
    private static void refuseShared(EntryReader form, Connection one, Collection<Connection> connections) {
        List<Connection> others =
                connections.stream().filter(other -> !other.equals(one)).toList();
        others.stream()
                .filter(other -> shareSecret(one, other))
                .findFirst()
                .ifPresent(other -> form.mistake(
                        "secrets", "the connection " + other.name() + " has this secret too; give each its own"));
        others.stream()
                .filter(other -> one.clientId().isPresent() && other.clientId().equals(one.clientId()))
                .findFirst()
                .ifPresent(other -> form.mistake(
                        "clientId", "the connection " + other.name() + " has this client id too; keep one of them"));
    }

    private static boolean shareSecret(Connection one, Connection other) {
        return one.secrets().stream()
                .anyMatch(ours -> other.secrets().stream().anyMatch(theirs -> CredentialRules.areSame(ours, theirs)));
    }

    private Optional<LocatedText> name(EntryReader form) {
        Optional<LocatedText> name = form.required("name", "a connection needs a name; add it");
        name.filter(given -> !NAME.matcher(given.text()).matches())
                .ifPresent(given -> given.tell(
                        draft.mistakes,
                        "a connection's name stands in its URL: at most 63 letters, digits, dots, hyphens and "
                                + "underscores, a letter or digit first"));
        return name.filter(given -> NAME.matcher(given.text()).matches());
    }

    private boolean isNew(LocatedText name, Map<String, String> named) {
        String before = named.putIfAbsent(key(name.text()), name.text());
        if (before != null) {
            name.tell(draft.mistakes, "the connection " + before + " stands here twice; keep one");
        }
        return before == null;
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private void read(EntryReader form, LocatedText name, SortedMap<String, Connection> all) {
        Optional<Connection> stored = Optional.ofNullable(all.get(key(name.text())));
        if (form.removes()) {
            form.only(List.of("name", "remove"));
            remove(name, stored, all);
            return;
        }
        Optional<ConnectionSystem> system = system(form, stored);
        system.ifPresent(kind -> form.only(kind.fields()));
        system.map(kind -> connection(form, name.text(), kind, stored)).ifPresent(connection -> {
            all.put(key(name.text()), connection);
            note(connection, stored);
        });
    }

    private void remove(LocatedText name, Optional<Connection> stored, SortedMap<String, Connection> all) {
        if (stored.isEmpty()) {
            name.tell(draft.warnings, "there is no such connection; nothing to remove");
            return;
        }
        all.remove(key(name.text()));
        draft.put(DocumentScopes.connection(name.text()), "", world.documents());
        draft.change("connection " + stored.get().name(), "removed");
    }

    private Optional<ConnectionSystem> system(EntryReader form, Optional<Connection> stored) {
        List<String> known = systems.stream().map(ConnectionSystem::name).toList();
        Optional<LocatedText> given = form.text("system");
        Optional<String> wanted =
                given.map(text -> text.text().toLowerCase(Locale.ROOT)).or(() -> stored.map(Connection::system));
        Optional<ConnectionSystem> system = wanted.flatMap(this::known);
        if (wanted.isEmpty()) {
            form.mistake("system", "say what it speaks: " + String.join(", ", known));
        } else if (system.isEmpty()) {
            form.mistake("system", "\"" + wanted.get() + "\" is no system; " + Suggestions.hint(wanted.get(), known));
        }
        return system;
    }

    private Optional<ConnectionSystem> known(String name) {
        return systems.stream().filter(system -> system.name().equals(name)).findFirst();
    }

    private Connection connection(EntryReader form, String name, ConnectionSystem kind, Optional<Connection> stored) {
        Optional<Connection> same = stored.filter(old -> old.system().equals(kind.name()));
        List<String> given = credentials(form, kind, same);
        boolean tokens = kind.credential() == ConnectionSystem.Credential.TOKENS;
        return new Connection(
                name,
                kind.name(),
                tokens ? given : List.of(),
                tokens ? List.of() : given,
                kind.isCalled() ? url(form, same) : Optional.empty(),
                kind.isCalled() ? teams(form, same) : List.of(),
                kind.isCalled() ? clientId(form, same) : Optional.empty());
    }

    private Optional<String> clientId(EntryReader form, Optional<Connection> stored) {
        if (!form.names("clientId")) {
            return stored.flatMap(Connection::clientId);
        }
        Optional<LocatedText> given =
                form.text("clientId").filter(id -> !id.text().isBlank());
        given.filter(id -> !Guid.isBare(id.text()))
                .ifPresent(id -> id.tell(
                        draft.mistakes,
                        "this is no client id: copy the application's id from its registration in Entra, such as "
                                + "11111111-2222-3333-4444-555555555555"));
        return given.map(id -> id.text().toLowerCase(Locale.ROOT));
    }

    private List<String> credentials(EntryReader form, ConnectionSystem kind, Optional<Connection> stored) {
        List<String> old = stored.map(
                        connection -> Stream.concat(connection.tokens().stream(), connection.secrets().stream())
                                .toList())
                .orElse(List.of());
        if (form.names("secret") && form.names("secrets")) {
            form.mistake("secret", "secret stands beside secrets; keep one of them");
        }
        String field = form.names("secret") ? "secret" : kind.credential().field();
        if (!form.names(field) && !old.isEmpty()) {
            return old;
        }
        List<LocatedText> given = kept(form.texts(field), old);
        credentials.check(kind.credential(), given, form);
        return given.stream().map(LocatedText::text).toList();
    }

    /** What an export did not show is what is stored in its place. */
    private static List<LocatedText> kept(List<LocatedText> given, List<String> old) {
        List<LocatedText> all = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            LocatedText one = given.get(i);
            boolean keeps = one.text().equals(CredentialRules.NOT_SHOWN) && i < old.size();
            all.add(keeps ? new LocatedText(old.get(i), one.place(), one.path()) : one);
        }
        return all;
    }

    private Optional<URI> url(EntryReader form, Optional<Connection> stored) {
        if (!form.names("url") && stored.isPresent()) {
            return stored.get().url();
        }
        Optional<LocatedText> text = form.required("url", "say where to send to: url is missing");
        Optional<URI> url = text.flatMap(given -> url(given.text()));
        url.filter(this::isRefused)
                .ifPresent(address -> text.get()
                        .tell(
                                draft.mistakes,
                                "this leads to the machine itself or into a private network; give a public address, "
                                        + "or set lockstep.config.private-networks"));
        if (text.isPresent() && url.isEmpty()) {
            text.get()
                    .tell(
                            draft.mistakes,
                            "this is no https URL that can be called; give one with a host and without "
                                    + "user, password or fragment");
        }
        return url;
    }

    private boolean isRefused(URI url) {
        return !settings.privateNetworks() && PrivateNetwork.isNamedBy(url);
    }

    private Optional<URI> url(String text) {
        try {
            URI url = new URI(text);
            boolean secure = "https".equalsIgnoreCase(url.getScheme())
                    || (settings.inlineSecrets() && "http".equalsIgnoreCase(url.getScheme()));
            boolean plain = url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null;
            return secure && plain ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException broken) {
            return Optional.empty();
        }
    }

    private List<String> teams(EntryReader form, Optional<Connection> stored) {
        if (!form.names("teams")) {
            return stored.map(Connection::teams).orElse(List.of());
        }
        List<LocatedText> given = form.texts("teams");
        draft.teams.addAll(given);
        given.stream()
                .filter(team -> team.text().isBlank())
                .forEach(team -> team.tell(draft.mistakes, "a team's name is blank; correct it or take it out"));
        return given.stream().map(LocatedText::text).distinct().toList();
    }

    private void note(Connection connection, Optional<Connection> stored) {
        String text = connection.write();
        if (draft.put(DocumentScopes.connection(connection.name()), text, world.documents())) {
            String how = stored.map(old -> difference(old, connection)).orElse("added, " + connection.system());
            draft.change("connection " + connection.name(), how);
        }
    }

    private static String difference(Connection old, Connection next) {
        List<String> changed = new ArrayList<>();
        addIf(changed, "name", old.name(), next.name());
        addIf(changed, "system", old.system(), next.system());
        addIf(changed, "tokens", old.tokens(), next.tokens());
        addIf(changed, "secrets", old.secrets(), next.secrets());
        addIf(changed, "url", old.url(), next.url());
        addIf(changed, "teams", old.teams(), next.teams());
        addIf(changed, "clientId", old.clientId(), next.clientId());
        return "changed: " + (changed.isEmpty() ? "its stored form" : String.join(", ", changed));
    }

    private static void addIf(List<String> changed, String field, Object old, Object next) {
        if (!Objects.equals(old, next)) {
            changed.add(field);
        }
    }
}
