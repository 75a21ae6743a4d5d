package dev.lockstep.administration;

import dev.lockstep.configured.DocumentScopes;
import dev.lockstep.configured.StoredSupervisorGroups;
import dev.lockstep.configured.SupervisorGroup;
import dev.lockstep.protocol.entra.Guid;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The groups of a request that supervise teams. A group's teams are replaced as a whole. */
final class SupervisorSection {
    private static final List<String> FIELDS = List.of("group", "teams", "remove");

    private final StoredConfiguration world;
    private final Draft draft;
    private final SortedMap<String, SupervisorGroup> all = new TreeMap<>();
    private final Set<String> requested = new HashSet<>();

    /** Else nothing is written: what is stored and cannot be read lets nobody supervise, and would let everybody if it went. */
    private boolean changed;

    SupervisorSection(StoredConfiguration world, Draft draft) {
        this.world = world;
        this.draft = draft;
    }

    void read(List<EntryReader> entries) {
        if (entries.isEmpty()) {
            return;
        }
        world.supervisors().forEach(group -> all.put(group.group(), group));
        entries.forEach(this::read);
        if (changed) {
            String text = StoredSupervisorGroups.write(List.copyOf(all.values()));
            draft.put(DocumentScopes.SUPERVISORS, text, world.documents());
        }
    }

    private void read(EntryReader form) {
        form.only(FIELDS);
        id(form).ifPresent(id -> {
            if (!requested.add(id)) {
                form.mistake("the group " + id + " stands here twice; keep one");
            } else if (form.removes()) {
                remove(form, id);
            } else {
                put(form, id);
            }
        });
    }

    private static Optional<String> id(EntryReader form) {
        Optional<LocatedText> text = form.required("group", "say which group: its object id in Entra");
        Optional<String> id = text.flatMap(given -> Guid.of(given.text()));
        if (text.isPresent() && id.isEmpty()) {
            form.mistake(
                    "group",
                    "this is no object id; Entra shows it at the group, such as 11111111-0000-0000-0000-000000000001");
        }
        return id;
    }

    private void remove(EntryReader form, String id) {
        if (all.remove(id) == null) {
            draft.warnings.add(form.branch().place(), form.path().text(), "there is no such group; nothing to remove");
        } else {
            change(id, "removed");
        }
        if (changed && all.isEmpty()) {
            draft.warnings.add(
                    form.branch().place(),
                    form.path().text(),
                    "no group is left, so whoever has the role Presence.Supervise supervises everybody");
        }
    }

    private void put(EntryReader form, String id) {
        List<LocatedText> teams = form.texts("teams");
        if (teams.isEmpty() || teams.stream().anyMatch(team -> team.text().isBlank())) {
            form.mistake("teams", "say which teams the group supervises, each by its name");
            return;
        }
        draft.teams.addAll(teams);
        SupervisorGroup next = new SupervisorGroup(
                id, teams.stream().map(LocatedText::text).distinct().toList());
        SupervisorGroup old = all.put(id, next);
        if (!next.equals(old)) {
            change(id, (old == null ? "added for " : "changed to ") + String.join(", ", next.teams()));
        }
    }

    private void change(String id, String how) {
        changed = true;
        draft.change("supervisors " + id, how);
    }
}
