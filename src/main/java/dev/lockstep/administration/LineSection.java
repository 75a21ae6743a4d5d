package dev.lockstep.administration;

import dev.lockstep.configured.Connection;
import dev.lockstep.configured.ConnectionSystem;
import dev.lockstep.configured.DocumentScopes;
import dev.lockstep.configured.Line;
import dev.lockstep.configured.LineName;
import dev.lockstep.document.SourceLocation;
import dev.lockstep.document.Suggestions;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The lines of a request, and what becomes of those that are stored when connections or agents change. */
final class LineSection {
    private static final List<String> FIELDS = List.of("connection", "line", "mac", "agent", "remove");

    /** What one item of the store holds, less some room. */
    private static final int MAX_BYTES = 380_000;

    private final StoredConfiguration world;
    private final AgentSection agents;
    private final Draft draft;
    private final SortedMap<String, Connection> connections;
    private final Map<String, ConnectionSystem> systems = new HashMap<>();
    private final SortedMap<String, Map<String, Line>> all = new TreeMap<>();
    private final Map<String, EntryReader> forms = new HashMap<>();

    LineSection(
            List<ConnectionSystem> systems,
            SortedMap<String, Connection> connections,
            StoredConfiguration world,
            AgentSection agents,
            Draft draft) {
        this.connections = connections;
        this.world = world;
        this.agents = agents;
        this.draft = draft;
        systems.forEach(system -> this.systems.put(system.name(), system));
    }

    void read(List<EntryReader> entries) {
        world.lines().forEach((connection, lines) -> all.put(connection, kept(connection, lines)));
        entries.forEach(this::read);
        all.forEach(this::refuseSharedNames);
        all.forEach(this::write);
    }

    /** Stored lines, without those of a connection or an agent that goes, bound to whom they mean now. */
    private Map<String, Line> kept(String connection, List<Line> lines) {
        Map<String, Line> kept = new LinkedHashMap<>();
        for (Line line : lines) {
            Optional<String> agentId = agents.requested(line.agent())
                    .or(() -> Optional.of(draft.renamed.getOrDefault(line.agentId(), line.agentId())))
                    .filter(id -> connections.containsKey(connection) && !draft.removed.contains(id));
            agentId.ifPresent(id -> kept.put(line.name(), line.boundTo(id)));
            if (agentId.isEmpty()) {
                draft.change("line " + connection + " " + line.name(), "removed with what it belongs to");
            }
        }
        return kept;
    }

    private void read(EntryReader form) {
        form.only(FIELDS);
        Optional<String> connection = connection(form);
        Optional<String> line = line(form);
        Optional<String> mac = mac(form);
        if (line.isEmpty()
                && mac.isEmpty()
                && form.text("line").isEmpty()
                && form.text("mac").isEmpty()) {
            form.mistake("a line needs line, mac or both; add what its events name");
        }
        boolean removes = form.removes();
        Optional<LocatedText> agent = removes ? Optional.empty() : form.text("agent");
        if (connection.isPresent()
                && (line.isPresent() || mac.isPresent())
                && isNew(form, connection.get(), line, mac)) {
            Map<String, Line> lines = all.computeIfAbsent(connection.get(), none -> new LinkedHashMap<>());
            String key = line.or(() -> mac).orElseThrow();
            if (removes) {
                remove(form, connection.get(), key, lines);
            } else {
                put(
                        form,
                        connection.get(),
                        new Line(line, mac, agent.map(LocatedText::text).orElse(""), ""),
                        lines);
            }
        }
    }

    private Optional<String> connection(EntryReader form) {
        Optional<LocatedText> given = form.required("connection", "say on which connection the line is");
        Optional<Connection> connection = given.map(name -> connections.get(ConnectionSection.key(name.text())));
        if (given.isPresent() && connection.isEmpty()) {
            String name = given.get().text();
            String hint = connections.isEmpty()
                    ? "none is configured; add it under connections"
                    : Suggestions.hint(name, connections.keySet());
            given.get().tell(draft.mistakes, "\"" + name + "\" is no connection; " + hint);
        }
        Optional<Connection> called = connection.filter(one ->
                systems.containsKey(one.system()) && systems.get(one.system()).isCalled());
        called.ifPresent(one ->
                given.get().tell(draft.mistakes, one.name() + " is an application that we call and has no lines"));
        return called.isPresent() ? Optional.empty() : connection.map(one -> ConnectionSection.key(one.name()));
    }

    private Optional<String> line(EntryReader form) {
        Optional<LocatedText> given = form.text("line");
        boolean usable = given.filter(
                        text -> !text.text().isBlank() && text.text().length() <= LineName.MAX_LENGTH)
                .isPresent();
        if (given.isPresent() && !usable) {
            given.get().tell(draft.mistakes, "a line has 1 to " + LineName.MAX_LENGTH + " characters; correct it");
        }
        return given.filter(text -> usable).map(text -> LineName.of(text.text()));
    }

    private Optional<String> mac(EntryReader form) {
        Optional<LocatedText> given = form.text("mac");
        Optional<String> mac = given.map(text -> LineName.of(text.text())).filter(LineName::isMac);
        if (given.isPresent() && mac.isEmpty()) {
            given.get().tell(draft.mistakes, "a MAC address has twelve hexadecimal digits, such as 80:5e:c0:11:22:33");
        }
        return mac;
    }

    private boolean isNew(EntryReader form, String connection, Optional<String> line, Optional<String> mac) {
        String key = connection + "#" + line.or(() -> mac).orElseThrow();
        boolean first = forms.putIfAbsent(key, form) == null;
        if (!first) {
            form.mistake("the line " + line.or(() -> mac).orElseThrow() + " stands here twice; keep one");
        }
        return first;
    }

    private void remove(EntryReader form, String connection, String key, Map<String, Line> lines) {
        boolean stored =
                world.linesOf(connection).stream().anyMatch(line -> line.name().equals(key));
        if (lines.remove(key) != null) {
            draft.change("line " + connection + " " + key, "removed");
        } else if (!stored) {
            draft.warnings.add(form.branch().place(), form.path().text(), "there is no such line; nothing to remove");
        }
    }

    private void put(EntryReader form, String connection, Line given, Map<String, Line> lines) {
        Optional<Line> stored = Optional.ofNullable(lines.get(given.name()));
        String agent = given.agent().isBlank() ? stored.map(Line::agent).orElse("") : given.agent();
        if (agent.isBlank()) {
            form.mistake("agent", "say whose line it is: an agent's id or any of their identities");
            return;
        }
        Optional<String> agentId = given.agent().isBlank() ? stored.map(Line::agentId) : ownerIn(form, agent);
        Optional<String> mac = form.names("mac") ? given.mac() : stored.flatMap(Line::mac);
        List<String> keys = stored.map(Line::kept).orElse(List.of());
        agentId.map(id -> new Line(given.line(), mac, agent, id, keys)).ifPresent(line -> {
            // The phone was known by its address alone; now its line is known too.
            mac.filter(address -> !address.equals(line.name())).ifPresent(lines::remove);
            lines.put(line.name(), line);
            if (stored.filter(line::equals).isEmpty()) {
                draft.change(
                        "line " + connection + " " + line.name(),
                        (stored.isEmpty() ? "added" : "changed") + " for " + line.agentId());
            }
        });
    }

    private Optional<String> ownerIn(EntryReader form, String agent) {
        try {
            return agentId(form, agent);
        } catch (KnownAgents.Unreadable why) {
            form.mistake("agent", why.getMessage());
            return Optional.empty();
        }
    }

    private Optional<String> agentId(EntryReader form, String agent) {
        Optional<String> known = agents.called(agent);
        Optional<String> upn = Upn.in(agent);
        if (known.isEmpty() && upn.isPresent()) {
            String message = agent + " is not known yet; the line is theirs as soon as the directory finds them";
            form.text("agent").ifPresent(given -> given.tell(draft.warnings, message));
            return upn.map(Upn::agentId);
        }
        if (known.isEmpty()) {
            form.mistake(
                    "agent",
                    "\"" + agent + "\" is no agent; add them under agents, or give a user principal "
                            + "name that the directory will find");
        }
        return known;
    }

    /** A name must lead to one agent: some phones send only their address. */
    private void refuseSharedNames(String connection, Map<String, Line> lines) {
        Map<String, Line> owners = new HashMap<>();
        for (Line line : lines.values()) {
            line.names().forEach(name -> {
                Line other = owners.putIfAbsent(name, line);
                if (other != null && !other.agentId().equals(line.agentId())) {
                    refuseSharedName(connection, name, line, other);
                }
            });
        }
    }

    private void refuseSharedName(String connection, String name, Line one, Line other) {
        EntryReader form = Optional.ofNullable(forms.get(connection + "#" + one.name()))
                .or(() -> Optional.ofNullable(forms.get(connection + "#" + other.name())))
                .or(() -> forms.values().stream().findFirst())
                .orElse(null);
        String message = name + " would belong to " + other.agentId() + " by line " + other.name() + " and to "
                + one.agentId() + " by line " + one.name() + "; remove one of them";
        if (form == null) {
            draft.warnings.add(SourceLocation.in(DocumentScopes.lines(connection)), "", message);
        } else {
            form.mistake(message);
        }
    }

    private void write(String connection, Map<String, Line> lines) {
        List<Line> before = world.linesOf(connection).stream()
                .map(line -> line.boundTo(draft.renamed.getOrDefault(line.agentId(), line.agentId())))
                .toList();
        List<Line> sorted = new LineKeys(before, new TreeMap<>(lines).values()).kept();
        String text = Line.write(sorted);
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            String message = "the connection " + connection + " has more lines than one document holds (about 4,000); "
                    + "share them between two connections";
            draft.mistakes.add(SourceLocation.in(DocumentScopes.lines(connection)), "lines", message);
        }
        if (draft.put(DocumentScopes.lines(connection), text, world.documents())) {
            bind(connection, world.linesOf(connection), sorted);
        }
        draft.left.addAll(LeftLine.between(
                world.nameOf(connection), world.linesOf(connection), isToldAsBefore(connection) ? sorted : List.of()));
    }

    /** Whoever spoke another system is not heard any more, and its calls end for nobody else. */
    private boolean isToldAsBefore(String connection) {
        return Optional.ofNullable(connections.get(connection))
                .map(Connection::system)
                .equals(Optional.ofNullable(world.connections().get(connection)).map(Connection::system));
    }

    private void bind(String connection, List<Line> before, List<Line> after) {
        Map<String, String> old = bindings(connection, before);
        Map<String, String> next = bindings(connection, after);
        next.forEach((identity, agentId) -> {
            if (!agentId.equals(old.get(identity))) {
                draft.identities.put(identity, agentId);
            }
        });
        Set<String> gone = new TreeSet<>(old.keySet());
        gone.removeAll(next.keySet());
        gone.forEach(identity -> draft.forgotten.put(identity, old.get(identity)));
    }

    private static Map<String, String> bindings(String connection, List<Line> lines) {
        Map<String, String> bindings = new LinkedHashMap<>();
        lines.forEach(line -> line.identities(connection).forEach(identity -> bindings.put(identity, line.agentId())));
        return bindings;
    }
}
