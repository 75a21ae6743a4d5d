package dev.lockstep.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Agents are shared out evenly, and hardly any changes hands when the number of applications does. */
class SharesTest {
    private static final List<String> AGENTS = IntStream.range(0, 10_000)
            .mapToObj(i -> "agent" + i + "@contoso.com")
            .toList();

    private static Map<String, Long> sizes(Shares shares) {
        return AGENTS.stream()
                .map(shares::of)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    @Test
    void eachGetsAboutAsMany() {
        assertThat(sizes(new Shares(List.of("a", "b", "c", "d", "e"))).values())
                .hasSize(5)
                .allSatisfy(size -> assertThat(size).isBetween(1_850L, 2_150L));
    }

    @Test
    void oneMoreTakesOnlyItsOwnShare() {
        Shares four = new Shares(List.of("a", "b", "c", "d"));
        Shares five = new Shares(List.of("a", "b", "c", "d", "e"));

        List<String> moved = AGENTS.stream()
                .filter(agent -> !five.of(agent).equals(four.of(agent)))
                .toList();

        assertThat(moved)
                .hasSizeBetween(1_850, 2_150)
                .allSatisfy(agent -> assertThat(five.of(agent)).isEqualTo("e"));
    }

    @Test
    void oneLessGivesUpOnlyItsOwn() {
        Shares three = new Shares(List.of("a", "b", "c"));
        Shares two = new Shares(List.of("a", "c"));

        assertThat(AGENTS).allSatisfy(agent -> {
            if (!three.of(agent).equals("b")) {
                assertThat(two.of(agent)).isEqualTo(three.of(agent));
            }
        });
    }

    @Test
    void theirOrderDoesNotMatter() {
        Shares one = new Shares(List.of("a", "b", "c"));
        Shares other = new Shares(List.of("c", "a", "b"));

        assertThat(AGENTS).allSatisfy(agent -> assertThat(other.of(agent)).isEqualTo(one.of(agent)));
    }

    /** Pauses are stored under these names: with one application, as they always were. */
    @Test
    void oneAloneHasThePlatformsOwnBudget() {
        assertThat(Shares.ONE.budgets("dynamics")).containsExactly("dynamics");
        assertThat(new Shares(List.of("a", "b")).budgets("dynamics")).containsExactly("dynamics#a", "dynamics#b");
    }

    @Test
    void noneOrOneTwiceIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Shares(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Shares(List.of("a", "a")));
    }
}
