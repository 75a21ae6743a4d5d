package dev.lockstep.administration;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** One line in the log for each request that was applied: who, which sections, which ids; never a secret. */
final class Audit {
    private static final Logger LOG = Logger.getLogger(Audit.class);

    /** The history has the others. */
    private static final int IDS = 20;

    private Audit() {}

    static void log(String by, List<ConfigChange> changes) {
        LOG.infof("audit=configuration by=%s changed=%s", by.isBlank() ? "-" : by, sections(changes));
    }

    private static Map<String, String> sections(List<ConfigChange> changes) {
        return changes.stream()
                .map(change -> change.what().split(" ", 2))
                .collect(Collectors.groupingBy(
                        what -> what[0],
                        TreeMap::new,
                        Collectors.collectingAndThen(
                                Collectors.groupingBy(Audit::id, TreeMap::new, Collectors.counting()), Audit::shown)));
    }

    /** A line's name may be a telephone number, so its connection stands for it. */
    private static String id(String... what) {
        return what[0].equals("line") ? what[1].split(" ", 2)[0] : what[1];
    }

    private static String shown(SortedMap<String, Long> ids) {
        String first = ids.entrySet().stream()
                .limit(IDS)
                .map(id -> id.getKey() + (id.getValue() > 1 ? " (" + id.getValue() + ")" : ""))
                .collect(Collectors.joining(", "));
        return "[" + first + (ids.size() > IDS ? " and " + (ids.size() - IDS) + " more" : "") + "]";
    }
}
