package dev.lockstep.teams;

import dev.lockstep.check.Check;
import dev.lockstep.check.CheckGroup;
import dev.lockstep.check.Finding;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Who is not seen in Teams, because Graph refuses every list with their id. */
@Singleton
class RefusedIdChecks implements CheckGroup {
    private static final int NAMED = 5;

    private final Control control;

    @Inject
    RefusedIdChecks(Control control) {
        this.control = control;
    }

    @Override
    public List<Check> checks() {
        return List.of(new Check("teams-refused-ids", this::refused));
    }

    private Finding refused() {
        Set<String> keys = control.withPrefix(ControlKeys.REFUSED_ID).keySet();
        if (keys.isEmpty()) {
            return Finding.ok("Teams refuses no agent's id");
        }
        String named = keys.stream()
                .limit(NAMED)
                .map(key -> key.substring(ControlKeys.REFUSED_ID.length()))
                .collect(Collectors.joining(", "));
        return Finding.warning(
                "Teams refuses " + keys.size() + " ids, so these agents are not seen there: " + named
                        + (keys.size() > NAMED ? ", …" : ""),
                "look the ids up in Entra, and give the agents' right ids with config");
    }
}
