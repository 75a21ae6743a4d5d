package dev.lockstep.administration.page;

import dev.lockstep.administration.ConfigChange;
import dev.lockstep.administration.ConfigResponse;
import dev.lockstep.document.Diagnostic;
import dev.lockstep.platform.PlatformCatalogue;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of what was typed: said in one line, then mistakes, warnings, what changes, and who is shown otherwise.
 *
 * <p>Public with all its parts: templates see nothing else.
 *
 * @param said what is to be known first; blank if nothing is
 * @param changes in words
 * @param affected how many agents are shown otherwise
 * @param effects for whom what changes, of at most a hundred
 */
public record Outcome(
        String said,
        boolean refused,
        List<Remark> mistakes,
        List<Remark> warnings,
        List<String> changes,
        int affected,
        List<Effect> effects) {
    static final Outcome NOTHING = said("");

    public Outcome {
        mistakes = List.copyOf(mistakes);
        warnings = List.copyOf(warnings);
        changes = List.copyOf(changes);
        effects = List.copyOf(effects);
    }

    /** Whether not everybody who is shown otherwise is named. */
    public boolean more() {
        return effects.stream().map(Effect::agentId).distinct().count() < affected;
    }

    static Outcome said(String text) {
        return new Outcome(text, false, List.of(), List.of(), List.of(), 0, List.of());
    }

    /** Nothing is done. */
    static Outcome refusal(String why) {
        return new Outcome(why, true, List.of(), List.of(), List.of(), 0, List.of());
    }

    /**
     * @param said where nothing is wrong
     * @param typed what the places of mistakes are places of
     */
    static Outcome of(ConfigResponse.Result result, String said, String typed, PlatformCatalogue catalogue) {
        List<String> lines = typed.lines().toList();
        List<String> changes = new ArrayList<>();
        List<Effect> effects = new ArrayList<>();
        int affected = 0;
        for (ConfigChange change : result.changes()) {
            affected += change.affected();
            if (change.affected() == 0) {
                changes.add(change.what() + ": " + change.change());
            }
            change.agents().forEach(effect -> effects.add(Effect.of(effect, catalogue)));
        }
        boolean refused = !result.mistakes().isEmpty();
        if (!refused && affected == 0 && changes.stream().anyMatch(change -> change.startsWith("mapping "))) {
            changes.add("Nobody is shown otherwise at present.");
        }
        return new Outcome(
                refused ? refusal(result.mistakes().size()) : said,
                refused,
                remarks(result.mistakes(), lines),
                remarks(result.warnings(), lines),
                changes,
                affected,
                effects);
    }

    private static String refusal(int count) {
        return count == 1
                ? "There is one mistake. Nothing is saved."
                : "There are " + count + " mistakes. Nothing is saved.";
    }

    private static List<Remark> remarks(List<Diagnostic> all, List<String> lines) {
        return all.stream().map(one -> Remark.of(one, lines)).toList();
    }

    /**
     * Something wrong or odd.
     *
     * @param line from 1; 0 if it is not of the typed text
     * @param where in words
     * @param text the line itself; blank if it has none
     */
    public record Remark(int line, String where, String text, String message) {
        private static final int LONGEST = 200;

        private static Remark of(Diagnostic one, List<String> lines) {
            String text = one.line() > 0 && one.line() <= lines.size() ? lines.get(one.line() - 1) : "";
            String where = one.line() == 0
                    ? one.path()
                    : "Line " + one.line() + ", column " + one.column()
                            + (one.path().isBlank() ? "" : ", " + one.path());
            return new Remark(one.line(), where, text.substring(0, Math.min(text.length(), LONGEST)), one.message());
        }
    }

    /** What one platform shows of an agent, or is read as, before and after. */
    public record Effect(String agentId, String name, String status, String platform, String before, String after) {
        private static Effect of(ConfigChange.Effect effect, PlatformCatalogue catalogue) {
            return new Effect(
                    effect.agentId(),
                    effect.name().isBlank() ? effect.agentId() : effect.name(),
                    effect.status(),
                    catalogue.displayName(effect.platform()),
                    effect.before().isBlank() ? "nothing" : effect.before(),
                    effect.after().isBlank() ? "nothing" : effect.after());
        }
    }
}
