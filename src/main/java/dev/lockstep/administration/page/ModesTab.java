package dev.lockstep.administration.page;

import dev.lockstep.administration.Modes;
import dev.lockstep.configured.ReasonedModes;
import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.sync.ModeScope;
import dev.lockstep.sync.WriteModes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether Lockstep writes: everywhere, or on a platform, for a team or for an agent apart. */
@Singleton
final class ModesTab implements Tab {
    private static final List<ModesView.Choice> KINDS = List.of(
            new ModesView.Choice("everywhere", "everywhere"),
            new ModesView.Choice("platform", "a platform"),
            new ModesView.Choice("team", "a team"),
            new ModesView.Choice("agent", "an agent"));

    /** Durations, so that nobody's time zone matters. */
    private static final List<ModesView.Choice> LASTING = List.of(
            new ModesView.Choice("", "until it is ended"),
            new ModesView.Choice("PT1H", "1 hour"),
            new ModesView.Choice("PT4H", "4 hours"),
            new ModesView.Choice("P1D", "1 day"),
            new ModesView.Choice("P7D", "7 days"));

    private final Modes modes;
    private final PlatformCatalogue catalogue;

    @Inject
    ModesTab(Modes modes, PlatformCatalogue catalogue) {
        this.modes = modes;
        this.catalogue = catalogue;
    }

    @Override
    public String name() {
        return "modes";
    }

    @Override
    public String title() {
        return "Modes";
    }

    @Override
    public Shown read(HttpCall call) {
        call.allowParameters(List.of("part"));
        return shown(200, call, Outcome.NOTHING);
    }

    @Override
    public Shown done(HttpCall call) {
        call.allowParameters(List.of("part"));
        return switch (call.formField("act")) {
            case "set" -> set(call);
            case "end" -> {
                boolean ended = modes.end(call.formField("key"), call.caller().label(), call.receivedAt());
                yield ended
                        ? shown(200, call, Outcome.said("It is ended. Every function knows it within 30 seconds."))
                        : shown(422, call, Outcome.refusal("Nothing is done: this mode has ended already."));
            }
            default -> throw RejectedRequest.malformed("act must be one of the form's buttons");
        };
    }

    private Shown set(HttpCall call) {
        ReasonedModes.Why why = new ReasonedModes.Why(
                call.caller().label(),
                call.receivedAt(),
                call.formField("reason").strip(),
                end(call));
        Optional<String> wrong = modes.set(
                kind(call.formField("kind")),
                call.formField("name"),
                call.formField("mode").strip(),
                why);
        return wrong.map(text -> shown(422, call, Outcome.refusal("Nothing is done: " + text + ".")))
                .orElseGet(
                        () -> shown(200, call, Outcome.said("It is set. Every function knows it within 30 seconds.")));
    }

    private static Optional<Instant> end(HttpCall call) {
        String lasts = call.formField("lasts");
        if (LASTING.stream().noneMatch(choice -> choice.value().equals(lasts))) {
            throw RejectedRequest.malformed("lasts must be one of the durations of the form");
        }
        return lasts.isEmpty()
                ? Optional.empty()
                : Optional.of(call.receivedAt().plus(Duration.parse(lasts)));
    }

    private static ModeScope.Kind kind(String name) {
        return Arrays.stream(ModeScope.Kind.values())
                .filter(kind -> kind.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElse(ModeScope.Kind.UNKNOWN);
    }

    private Shown shown(int status, HttpCall call, Outcome outcome) {
        List<ModesView.Row> rows = modes.all().stream().map(this::row).toList();
        boolean again = outcome.refused();
        return new Shown(
                status,
                ConfigurationPage.Content.of(new ModesView(
                        rows,
                        KINDS,
                        LASTING,
                        again ? call.formField("kind") : "",
                        again ? call.formField("name") : "",
                        again ? call.formField("mode") : "",
                        again ? call.formField("reason") : "",
                        again ? call.formField("lasts") : "",
                        outcome)));
    }

    private ModesView.Row row(Modes.Known known) {
        return new ModesView.Row(
                known.key(),
                where(known.scope()),
                known.mode().map(WriteModes.Mode::word).orElse("\"" + known.text() + "\" is no mode, so observe holds"),
                known.why().map(ReasonedModes.Why::by).orElse(""),
                known.why().map(why -> HistoryTab.absolute(why.at())).orElse(""),
                known.why().map(ReasonedModes.Why::reason).orElse(""),
                known.why()
                        .flatMap(ReasonedModes.Why::until)
                        .map(HistoryTab::absolute)
                        .orElse(""));
    }

    private String where(ModeScope scope) {
        return switch (scope.kind()) {
            case EVERYWHERE -> "everywhere";
            case PLATFORM -> catalogue.displayName(scope.name());
            case TEAM -> "team " + scope.name();
            case AGENT -> "agent " + scope.name();
            case UNKNOWN -> "\"" + scope.name() + "\" is no scope, so it holds everywhere";
        };
    }
}
