package dev.lockstep.administration;

import dev.lockstep.agent.Configured;
import dev.lockstep.document.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an entry gives of an agent. From then on it is the administrator's and stays, but for what the entry says that
 * the directory gave: so an export can be applied again, and what was the directory's goes on following it.
 *
 * @param name blank if none is given
 * @param identities their platforms
 */
record GivenParts(EntryReader form, String name, Set<String> identities) {
    static final String FROM_DIRECTORY = "fromDirectory";

    /** How the name stands there; identities stand there by their platform. */
    static final String NAME = "name";

    Configured after(Configured before) {
        Set<String> directorys = directorys();
        SortedSet<String> ids = new TreeSet<>(before.ids());
        ids.addAll(identities);
        ids.removeAll(directorys);
        boolean named = form.names(NAME) ? !name.isBlank() && !directorys.contains(NAME) : before.name();
        return new Configured(named, ids);
    }

    private Set<String> directorys() {
        List<String> given = new ArrayList<>(identities);
        if (!name.isBlank()) {
            given.add(NAME);
        }
        Set<String> directorys = new LinkedHashSet<>();
        for (LocatedText part : form.texts(FROM_DIRECTORY)) {
            directorys.add(part.text());
            if (!given.contains(part.text())) {
                String hint = given.isEmpty() ? "" : "; " + Suggestions.hint(part.text(), given);
                part.tell(
                        form.mistakes(),
                        "\"" + part.text() + "\" is not given here: " + FROM_DIRECTORY
                                + " tells which of name and identities the directory gave" + hint);
            }
        }
        return directorys;
    }

    /** What of an agent an administrator did not give, as a request names it. */
    static List<String> directorys(String name, Set<String> identities, Configured configured) {
        return more(new Configured(!name.isBlank(), new TreeSet<>(identities)), configured);
    }

    /** What one has and the other has not, as a request names it. */
    static List<String> more(Configured one, Configured other) {
        List<String> more = new ArrayList<>();
        if (one.name() && !other.name()) {
            more.add(NAME);
        }
        one.ids().stream().filter(platform -> !other.ids().contains(platform)).forEach(more::add);
        return more;
    }
}
