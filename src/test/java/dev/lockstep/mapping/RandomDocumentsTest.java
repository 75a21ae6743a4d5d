package dev.lockstep.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.fuzz.Fuzz;
import dev.lockstep.platform.GivenPlatforms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Whatever is given as a mapping, the answer is a mapping or a list of mistakes, and it comes soon. */
class RandomDocumentsTest {
    private static final long SEED = Long.getLong("lockstep.seed", 1042L);
    private static final List<String> WORDS = List.of(
            "order",
            "dynamics",
            "teams",
            "read",
            "write",
            "means",
            "as",
            "slot",
            "show",
            "expires",
            "available",
            "busy",
            "onACall",
            "ignore",
            "choice",
            "fact",
            "session",
            "preferred",
            "Busy/Busy",
            "Busy/*",
            "PT4H",
            "P1D",
            "",
            "~",
            "null",
            "true",
            "[]",
            "{}",
            "*a",
            "&a x",
            "!!str x",
            "x: y",
            "é😀",
            "- a",
            "\"",
            "'",
            "#");

    @Test
    void randomTreesAreAnswered() {
        Random random = new Random(SEED);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int i = 0; i < 2_000; i++) {
                answer(tree(random, 0));
            }
        });
    }

    @Test
    void theShippedDocumentDamagedIsAnswered() throws IOException {
        AtomicInteger refused = new AtomicInteger();
        Fuzz.texts(
                List.of(
                        GivenPlatforms.shippedText(),
                        "{\"dynamics\":{\"read\":{\"Busy\":{\"means\":\"busy\",\"as\":\"choice\"}}}}"),
                (damaged, random) -> refused.addAndGet(answer(damaged) ? 0 : 1));
        assertThat(refused).hasPositiveValue();
    }

    @Test
    void nothingButDepthIsAMistakeAtAnySizeThatIsRead() {
        for (int size : List.of(2_000, MappingDocument.LONGEST)) {
            Fuzz.depths("{\"dynamics\":", "}", size)
                    .forEach(body -> assertThat(answer(new String(body, StandardCharsets.UTF_8)))
                            .isFalse());
        }
    }

    /** Aliases unfold to 2^40 values where they are followed; the tree never does. */
    @Test
    void aliasesAreNotFollowed() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(answer(bomb.toString())).isFalse();
    }

    @Test
    void theLargestDocumentIsAnsweredSoon() {
        StringBuilder text = new StringBuilder("dynamics:\n  read:\n");
        for (int i = 0; text.length() < MappingDocument.LONGEST - 100; i++) {
            text.append("    Presence %d: {means: avialable, as: choice}%n".formatted(i));
        }
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> answer(text.toString()));
    }

    /** Whether it is valid; fails if it is neither that nor a list of mistakes. */
    private static boolean answer(String text) {
        try {
            GivenPlatforms.SCHEMA.mapping(List.of(MappingDocument.read("team#x", text)));
            return true;
        } catch (MappingInvalid invalid) {
            assertThat(invalid.mistakes()).isNotEmpty().allSatisfy(mistake -> {
                assertThat(mistake.message()).isNotBlank();
                assertThat(mistake.line()).isBetween(0, 1_000_000);
            });
            return false;
        }
    }

    private static String tree(Random random, int depth) {
        int kind = random.nextInt(depth > 4 ? 1 : 4);
        if (kind == 0) {
            return WORDS.get(random.nextInt(WORDS.size()));
        }
        StringBuilder text = new StringBuilder(kind == 1 ? "[" : "{");
        for (int i = random.nextInt(4); i >= 0; i--) {
            String name = WORDS.get(random.nextInt(WORDS.size() - (random.nextInt(4) == 0 ? 0 : 15)));
            text.append(kind == 1 ? "" : name + ": ")
                    .append(tree(random, depth + 1))
                    .append(", ");
        }
        return text.append(kind == 1 ? "]" : "}").toString();
    }
}
