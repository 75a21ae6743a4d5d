package dev.lockstep.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.document.Diagnostic;
import dev.lockstep.document.Diagnostics;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.presence.Status;
import dev.lockstep.presence.Strictness;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeedbackRuleTest {
    private static List<Diagnostic> mistakes(String... texts) {
        List<MappingDocument> layers = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            layers.add(MappingDocument.read(i == 0 ? "default" : "team#sales", texts[i]));
        }
        return GivenPlatforms.SCHEMA.check(layers).mistakes();
    }

    @Test
    void twoStatusesThatTurnIntoEachOtherAreRefusedWithTheCircleShown() {
        List<Diagnostic> mistakes = mistakes("""
                dynamics:
                  read:
                    Away: {means: busy, as: choice}
                  write:
                    busy: Available
                teams:
                  read:
                    Busy/Busy: {means: away, as: choice}
                """);
        assertThat(mistakes).singleElement().satisfies(mistake -> {
            assertThat(mistake.line()).isEqualTo(3);
            assertThat(mistake.path()).isEqualTo("dynamics.read.Away");
            assertThat(mistake.message())
                    .startsWith("the mapping would feed back into itself: away is shown by Dynamics as \"Away\", which "
                            + "is read there as busy; busy is shown by Teams as \"Busy/Busy\", which is read there as "
                            + "away.");
        });
    }

    @Test
    void aCircleOnOnePlatformIsRefusedToo() {
        String text = "dynamics: {read: {Busy: {means: away, as: choice}, Away: {means: busy, as: fact}}}";
        assertThat(mistakes(text)).hasSize(1);
    }

    @Test
    void aLongerCircleIsRefused() {
        String text = """
                dynamics:
                  read:
                    Busy: {means: away, as: choice}
                    Away: {means: offline, as: choice}
                    Offline: {means: busy, as: choice}
                """;
        assertThat(mistakes(text))
                .singleElement()
                .satisfies(mistake ->
                        assertThat(mistake.message()).contains("away is shown", "offline is shown", "busy is shown"));
    }

    @Test
    void whatIsIgnoredClosesNoCircle() {
        assertThat(mistakes("dynamics: {read: {Busy: {means: away, as: choice}, Away: ignore}}"))
                .isEmpty();
    }

    @Test
    void whatComesBackAsSomethingElseAndStaysIsAllowed() {
        assertThat(mistakes("dynamics: {read: {Busy: {means: away, as: choice}}}"))
                .isEmpty();
        assertThat(mistakes("")).isEmpty();
    }

    @Test
    void everyNameThatMayCarryAStatusCounts() {
        String text = """
                dynamics:
                  read:
                    Concert: {means: busy, as: choice}
                    Busy: {means: onACall, as: choice}
                  write:
                    onACall: [On a call, Concert]
                """;
        assertThat(mistakes(text)).hasSize(1);
    }

    @Test
    void anOpenPairClosesACircleAsWell() {
        String text = """
                teams:
                  read:
                    Busy/*: {means: onACall, as: fact}
                    Busy/InACall: {means: busy, as: fact}
                  write:
                    inAMeeting: {show: Busy/InACall}
                dynamics:
                  read:
                    Busy: {means: onACall, as: fact}
                """;
        assertThat(mistakes(text))
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.message()).contains("busy", "onACall"));
    }

    @Test
    void theCircleIsToldInTheDocumentThatClosesIt() {
        String wide = "dynamics: {read: {Busy: {means: away, as: choice}}}";
        String narrow = "\ndynamics: {read: {Away: {means: busy, as: choice}}}";
        assertThat(mistakes(wide)).isEmpty();
        assertThat(mistakes(wide, narrow)).singleElement().satisfies(mistake -> {
            assertThat(mistake.scope()).isEqualTo("team#sales");
            assertThat(mistake.line()).isEqualTo(2);
        });
    }

    @Test
    void twoCirclesApartAreBothTold() {
        String text = """
                dynamics:
                  read:
                    Busy: {means: away, as: choice}
                    Away: {means: busy, as: choice}
                    Available: {means: offline, as: choice}
                    Offline: {means: available, as: choice}
                """;
        assertThat(mistakes(text)).hasSize(2);
    }

    /** Holds the search against a plain closure of the relation, on random mappings. */
    @Test
    void aCircleIsToldExactlyIfAStatusCanComeBackToItself() {
        long seed = Long.getLong("lockstep.seed", 7L);
        Random random = new Random(seed);
        int circles = 0;
        for (int i = 0; i < 3_000; i++) {
            Mapping mapping = random(random);
            Diagnostics mistakes = new Diagnostics();
            new FeedbackRule(mapping, GivenPlatforms.SCHEMA, Map.of(), "default").check(mistakes);
            boolean circle = hasCircle(mapping);
            assertThat(!mistakes.isEmpty())
                    .as("seed %d, mapping %d: %s", seed, i, mapping)
                    .isEqualTo(circle);
            circles += circle ? 1 : 0;
        }
        assertThat(circles).isBetween(200, 2_800);
    }

    private static Mapping random(Random random) {
        Map<String, InboundRule> read = new HashMap<>();
        Map<Status, OutboundRule> write = new EnumMap<>(Status.class);
        for (Status status : Status.values()) {
            String name = "name" + status.ordinal();
            Status means = random.nextInt(3) == 0 ? any(random) : status;
            EvidenceKind use = random.nextInt(5) == 0 ? EvidenceKind.IGNORE : EvidenceKind.values()[random.nextInt(2)];
            read.put(name, new InboundRule(means, use));
            List<String> names =
                    random.nextInt(4) == 0 ? List.of(name, "name" + any(random).ordinal()) : List.of(name);
            write.put(status, new OutboundRule("", names, Optional.empty()));
        }
        return new Mapping(Strictness.USUAL, Map.of("dynamics", new Mapping.PlatformMapping(read, write)));
    }

    private static Status any(Random random) {
        return Status.values()[random.nextInt(Status.values().length)];
    }

    private static boolean hasCircle(Mapping mapping) {
        int n = Status.values().length;
        boolean[][] reach = new boolean[n][n];
        for (Status from : Status.values()) {
            for (String name : mapping.write("dynamics", from).orElseThrow().values()) {
                mapping.read("dynamics", name)
                        .filter(reading -> !reading.is(EvidenceKind.IGNORE) && reading.status() != from)
                        .ifPresent(reading ->
                                reach[from.ordinal()][reading.status().ordinal()] = true);
            }
        }
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    reach[i][j] |= reach[i][k] && reach[k][j];
                }
            }
        }
        boolean any = false;
        for (int i = 0; i < n; i++) {
            any |= reach[i][i];
        }
        return any;
    }
}
