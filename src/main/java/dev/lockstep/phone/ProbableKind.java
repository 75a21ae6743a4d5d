package dev.lockstep.phone;

import dev.lockstep.document.Suggestions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What somebody who wrote a kind of event that there is not probably meant. */
final class ProbableKind {
    /**
     * Words of phones that are not taken, because they are told at several moments or of several things, with what they
     * mean most often. Their spelling would lead elsewhere: {@code on_hook} is no {@code on_hold}.
     */
    static final Map<String, String> MOST_OFTEN = means(Map.of(
            "ended", List.of("on_hook", "onhook", "wrapup", "wrap_up"),
            "hangup", List.of("hangup_complete", "channel_hangup_complete"),
            "idle", List.of("free"),
            "transfer_finished",
                    List.of(
                            "transfer",
                            "transfer_call",
                            "blind_transfer",
                            "blind_transfer_call",
                            "attended_transfer",
                            "attended_transfer_call",
                            "transfer_completed"),
            "resumed", List.of("transfer_failed"),
            "missed", List.of("voicemail", "answered_elsewhere", "completed_elsewhere"),
            "no_answer", List.of("timeout"),
            "answered", List.of("picked_up", "pickup"),
            "forwarded", List.of("redirected", "deflected")));

    private ProbableKind() {}

    private static Map<String, String> means(Map<String, List<String>> words) {
        return words.entrySet().stream()
                .flatMap(one -> one.getValue().stream().map(word -> Map.entry(word, one.getKey())))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** @param written the kind alone or an event's whole type */
    static Optional<String> of(String written) {
        String kind = written.toLowerCase(Locale.ROOT)
                .replaceFirst("^phone\\.(call|line)\\.", "")
                .replaceFirst("\\.v[0-9]+$", "");
        return Optional.ofNullable(MOST_OFTEN.get(kind)).or(() -> spelledLike(kind));
    }

    private static Optional<String> spelledLike(String kind) {
        List<String> known =
                Arrays.stream(PhoneKind.values()).flatMap(PhoneKind::names).toList();
        return Stream.of(kind, kind.replaceFirst("^call_|_call$", ""))
                .flatMap(word -> Suggestions.to(word, known).stream())
                .findFirst();
    }
}
