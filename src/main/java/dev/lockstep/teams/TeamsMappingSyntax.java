package dev.lockstep.teams;

import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.KeyPath;
import dev.lockstep.document.SourceLocation;
import dev.lockstep.document.Suggestions;
import dev.lockstep.mapping.MappingProblems;
import dev.lockstep.mapping.MappingSyntax;
import dev.lockstep.mapping.OutboundRule;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** Teams shows a pair, availability/activity, in one of two slots, and always until some time. */
record TeamsMappingSyntax() implements MappingSyntax {
    private static final List<String> FIELDS = List.of("slot", "show", "expires");
    private static final List<String> SLOTS = List.of(TeamsPlatform.SESSION, TeamsPlatform.PREFERRED);

    /** What setPresence takes; learn.microsoft.com/graph/api/presence-setpresence. */
    private static final Duration SHORTEST = Duration.ofMinutes(5);

    private static final Duration LONGEST_SESSION = Duration.ofHours(4);

    /**
     * Microsoft names no bounds for the preferred slot, only what it does without one: at most 7 days. A status of
     * ours that outlived that would be one that nobody ever ends.
     */
    private static final Duration LONGEST_PREFERRED = Duration.ofDays(7);

    @Override
    public void checkName(String name, SourceLocation place, KeyPath path, MappingProblems problems) {
        if (!TeamsPairs.isPair(name.strip())) {
            problems.mistake(
                    place, path, "write what Teams shows as Availability/Activity, such as Busy/InACall or Busy/*");
        } else if (!TeamsPairs.isKnown(name.strip())) {
            problems.warning(place, path, "Graph's pages do not know this pair; check its spelling");
        }
    }

    @Override
    public Optional<OutboundRule> writing(DocumentNode tree, KeyPath path, MappingProblems problems) {
        return new OutboundReader(problems).read(tree, path);
    }

    /** Reads how one status is written. */
    private record OutboundReader(MappingProblems problems) {
        Optional<OutboundRule> read(DocumentNode tree, KeyPath path) {
            if (!(tree instanceof DocumentNode.Fields branch)) {
                String wanted = "say {slot: session or preferred, show: <availability/activity>, expires: PT4H}";
                problems.mistake(tree.place(), path, wanted + " instead of " + tree.kind());
                return Optional.empty();
            }
            problems.refuseUnknown(branch, FIELDS, path);
            Optional<String> slot = given(branch, "slot", path).flatMap(text -> slot(text, path.key("slot")));
            Optional<String> shown = given(branch, "show", path).flatMap(text -> pair(text, slot, path.key("show")));
            Optional<Duration> expiry =
                    given(branch, "expires", path).flatMap(text -> expiry(text, slot, path.key("expires")));
            if (slot.isEmpty() || shown.isEmpty() || expiry.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new OutboundRule(slot.get(), List.of(shown.get()), expiry));
        }

        private Optional<DocumentNode.Scalar> given(DocumentNode.Fields branch, String name, KeyPath path) {
            Optional<DocumentNode> tree = branch.get(name);
            if (tree.isEmpty()) {
                problems.mistake(branch.place(), path.key(name), name + " is missing; add it");
            }
            return tree.flatMap(value -> problems.text(value, path.key(name), "a text"))
                    .map(text -> blamed(text, branch));
        }

        /** A value of a wider document that no longer fits is told where the narrower one made it so. */
        private static DocumentNode.Scalar blamed(DocumentNode.Scalar text, DocumentNode.Fields branch) {
            boolean own = text.place().scope().equals(branch.place().scope());
            return own ? text : new DocumentNode.Scalar(text.text(), branch.place());
        }

        private Optional<String> slot(DocumentNode.Scalar text, KeyPath path) {
            if (SLOTS.contains(text.text().strip())) {
                return Optional.of(text.text().strip());
            }
            problems.mistake(text.place(), path, text.kind() + " is no slot; " + Suggestions.hint(text.text(), SLOTS));
            return Optional.empty();
        }

        private Optional<String> pair(DocumentNode.Scalar text, Optional<String> slot, KeyPath path) {
            if (slot.isEmpty()) {
                return Optional.empty();
            }
            Optional<String> pair = TeamsPairs.taken(slot.get(), text.text());
            if (pair.isEmpty()) {
                String taken = String.join(", ", TeamsPairs.of(slot.get()));
                String message = "Graph refuses " + text.kind() + " in the slot " + slot.get() + "; it takes " + taken;
                problems.mistake(text.place(), path, message);
            }
            return pair;
        }

        private Optional<Duration> expiry(DocumentNode.Scalar text, Optional<String> slot, KeyPath path) {
            boolean session = slot.filter(TeamsPlatform.SESSION::equals).isPresent();
            Duration longest = session ? LONGEST_SESSION : LONGEST_PREFERRED;
            Optional<Duration> expiry = parsed(text.text().strip())
                    .filter(time -> time.compareTo(SHORTEST) >= 0 && time.compareTo(longest) <= 0);
            if (expiry.isEmpty()) {
                String message = text.kind() + " is no time that "
                        + (session ? "Graph takes for a session; give PT5M to PT4H" : "fits; give PT5M to P7D")
                        + ", in ISO 8601";
                problems.mistake(text.place(), path, message);
            }
            return expiry;
        }

        private static Optional<Duration> parsed(String text) {
            try {
                return Optional.of(Duration.parse(text));
            } catch (DateTimeParseException wrong) {
                return Optional.empty();
            }
        }
    }
}
