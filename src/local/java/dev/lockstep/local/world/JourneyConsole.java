package dev.lockstep.local.world;

import dev.lockstep.local.dynamics.model.RepresentativeView;
import dev.lockstep.local.dynamics.model.Workstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Where the journey plays: looks at the platforms as people see them there, and tells it on the terminal. */
final class JourneyConsole {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LOOK_EVERY_MILLIS = 10;

    private final SimulatedPlatforms platforms;
    private final List<String> failures = new ArrayList<>();

    JourneyConsole(SimulatedPlatforms platforms) {
        this.platforms = platforms;
    }

    String dynamics(Team.Member who) {
        return platforms
                .tenant()
                .dynamics()
                .agent(who.systemUserId())
                .map(RepresentativeView::presence)
                .orElseThrow()
                .name();
    }

    String teams(Team.Member who) {
        return platforms
                .tenant()
                .teams()
                .actual(who.entraId().toString())
                .pair()
                .toString();
    }

    String application(Team.Member who) {
        return platforms
                .application()
                .agent(who.upn())
                .map(told -> told.status())
                .orElse("nothing");
    }

    /** Whether a new chat would be offered to them now. */
    String offered(Team.Member who) {
        Workstream chats =
                platforms.tenant().dynamics().workstreams().iterator().next();
        boolean eligible = platforms.tenant().dynamics().eligible(chats.id()).stream()
                .anyMatch(agent -> agent.who().id().equals(who.systemUserId()));
        return eligible ? "offered" : "not offered";
    }

    void scene(int number, String title) {
        System.out.printf("%n%d. %s%n", number, title);
    }

    void event(Team.Member who, String what) {
        System.out.printf("   %s: %s%n", who.name().split(" ")[0], what);
    }

    /** What each platform must show, and by when each does. */
    final class Expectation {
        private final Map<String, Supplier<String>> looks = new LinkedHashMap<>();
        private final Map<String, String> wanted = new LinkedHashMap<>();

        Expectation shows(String where, Supplier<String> look, String text) {
            looks.put(where, look);
            wanted.put(where, text);
            return this;
        }

        /** Looks until everything shows or patience is at its end, and tells it. */
        void within(long startedNanos) throws InterruptedException {
            Map<String, Long> seen = new LinkedHashMap<>();
            while (seen.size() < looks.size() && millis(startedNanos) < PATIENCE.toMillis()) {
                looks.forEach((where, look) -> {
                    if (!seen.containsKey(where) && look.get().equals(wanted.get(where))) {
                        seen.put(where, millis(startedNanos));
                    }
                });
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
            looks.forEach((where, look) -> tell(where, look.get(), seen.get(where)));
        }

        private void tell(String where, String shown, Long after) {
            boolean held = shown.equals(wanted.get(where)) && after != null;
            String when = after == null ? "      -   " : String.format("%6d ms ", after);
            System.out.printf("     %s %-22s %-26s %s%n", held ? "ok" : "NO", where, shown, when);
            if (!held) {
                failures.add(where + " shows " + shown + ", not " + wanted.get(where));
            }
        }
    }

    Expectation expect() {
        return new Expectation();
    }

    /** Something that must be so, without waiting for it. */
    void check(String what, boolean holds) {
        System.out.printf("     %s %s%n", holds ? "ok" : "NO", what);
        if (!holds) {
            failures.add(what);
        }
    }

    List<String> failures() {
        return failures;
    }

    private static long millis(long startedNanos) {
        return (System.nanoTime() - startedNanos) / 1_000_000;
    }
}
