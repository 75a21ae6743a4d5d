package dev.lockstep.dynamics;

import dev.lockstep.check.Check;
import dev.lockstep.check.CheckGroup;
import dev.lockstep.check.Finding;
import dev.lockstep.configured.Secrets;
import dev.lockstep.dynamics.dataverse.DataverseSettings;
import dev.lockstep.dynamics.dataverse.OmnichannelApi;
import dev.lockstep.dynamics.dataverse.SetupApi;
import dev.lockstep.dynamics.dataverse.SetupApi.RoutingException;
import dev.lockstep.dynamics.dataverse.SetupApi.StepRow;
import dev.lockstep.mapping.Mappings;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.store.Control;
import dev.lockstep.store.ControlKeys;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether Dynamics 365 is set up so that routing is protected and we hear of what happens there. */
@Singleton
class DynamicsChecks implements CheckGroup {
    /** Key of the time at which the webhook was last heard. */
    static final String HEARD = ControlKeys.HEARD + DynamicsPlatform.NAME;

    private static final Duration SILENCE = Duration.ofDays(1);
    private static final Set<String> WATCHED = Set.of("msdyn_currentpresenceid", "msdyn_isagentloggedin");
    private static final String REGISTER =
            "register an asynchronous webhook step on Update of " + StatusMessage.TABLE + " that calls /dynamics";

    private final DataverseSettings settings;
    private final Secrets secrets;
    private final OmnichannelApi api;
    private final SetupApi setup;
    private final Mappings mappings;
    private final Control control;
    private final InstantSource clock;

    @Inject
    DynamicsChecks(
            DataverseSettings settings,
            Secrets secrets,
            OmnichannelApi api,
            SetupApi setup,
            Mappings mappings,
            Control control,
            InstantSource clock) {
        this.settings = settings;
        this.secrets = secrets;
        this.api = api;
        this.setup = setup;
        this.mappings = mappings;
        this.control = control;
        this.clock = clock;
    }

    @Override
    public List<Check> checks() {
        return List.of(
                check("dynamics-application-user", this::applicationUser),
                check("dynamics-registrations", this::registrations),
                check("dynamics-caller", this::caller),
                check("on-a-call-presence", () -> mapped().onACall()),
                check("mapped-presences", () -> mapped().missing()),
                check("workstreams", () -> ifReadable(this::workstreams, "workstreams")),
                check("routing-exceptions", () -> ifReadable(this::routingExceptions, "queues and workstreams")),
                check("webhook-heard", this::heard),
                check("webhook-registered", () -> ifReadable(this::registered, "registered steps")));
    }

    private Check check(String name, Supplier<Finding> look) {
        return new Check(
                name,
                () -> settings.url().isPresent()
                        ? look.get()
                        : Finding.skipped("Dynamics 365 is not connected", "set lockstep.dynamics.url"));
    }

    private Finding applicationUser() {
        return Finding.ok("Dynamics 365 knows us as systemuser " + setup.whoAmI());
    }

    private Finding registrations() {
        if (settings.registrations().isEmpty()) {
            return Finding.skipped("one app registration writes to Dynamics 365", "");
        }
        if (settings.callerId().filter(id -> !id.isBlank()).isPresent()) {
            return Finding.warning(
                    "all presences are written in the name of one user, at that user's expense: further registrations are idle",
                    "unset lockstep.dynamics.caller-id or lockstep.dynamics.registrations");
        }
        Map<String, Optional<String>> sharing = setup.whoShares();
        String troubles = sharing.entrySet().stream()
                .flatMap(one -> one.getValue().map(trouble -> one.getKey() + ": " + trouble).stream())
                .collect(Collectors.joining("; "));
        return troubles.isEmpty()
                ? Finding.ok(sharing.size() + " app registrations share writing to Dynamics 365")
                : Finding.failed(
                        troubles,
                        "make each an application user of the environment with the first one's roles, and check its"
                                + " credential; or take it out of lockstep.dynamics.registrations: its agents go to the others");
    }

    private Finding caller() {
        if (settings.callerId().filter(id -> !id.isBlank()).isEmpty()) {
            return Finding.skipped(
                    "presences are written in the application's own name",
                    "if Dynamics refuses that, set lockstep.dynamics.caller-id to a supervisor's systemuserid");
        }
        String caller = settings.callerId().orElseThrow();
        String fix =
                "give the application the role Delegate, and name the systemuserid of an enabled user with the role"
                        + " Omnichannel supervisor in lockstep.dynamics.caller-id";
        try {
            return setup.whoWrites().equalsIgnoreCase(caller)
                    ? Finding.ok("presences are written in the name of the systemuser " + caller)
                    : Finding.failed("Dynamics 365 does not let us write in the name of " + caller, fix);
        } catch (PlatformException.PermissionMissing | PlatformException.Rejected e) {
            return Finding.failed(
                    "Dynamics 365 does not let us write in the name of " + caller + ": " + e.getMessage(), fix);
        }
    }

    private MappedPresences mapped() {
        return MappedPresences.of(api.presences(), mappings);
    }

    private Finding workstreams() {
        return mapped().workstreams(setup.workstreams());
    }

    /** Where these are in use, no presence keeps work away, whatever a workstream allows. */
    private Finding routingExceptions() {
        Map<RoutingException, List<String>> found = setup.routingExceptions();
        String inUse = found.entrySet().stream()
                .filter(way -> !way.getValue().isEmpty())
                .map(way -> text(way.getKey()) + ": " + String.join(", ", way.getValue()))
                .collect(Collectors.joining("; "));
        String unread = Stream.of(RoutingException.values())
                .filter(way -> !found.containsKey(way))
                .map(DynamicsChecks::text)
                .collect(Collectors.joining(", "));
        String rest = unread.isEmpty() ? "" : "; not looked at, because it cannot be read: " + unread;
        if (!inUse.isEmpty()) {
            return Finding.warning(
                    "work can reach agents during a call by what asks for no allowed presence: " + inUse + rest,
                    "let a custom assignment method ask that the presence status equals"
                            + " Conversation.Workstream.Allowed Presences, and switch off the others or accept them");
        }
        return found.isEmpty()
                ? Finding.skipped("nothing of it can be read" + rest, "look at queues and workstreams by hand")
                : Finding.ok("no work passes by the allowed presences: " + looked(found) + rest);
    }

    private static String looked(Map<RoutingException, List<String>> found) {
        return found.keySet().stream().map(way -> "no " + text(way)).collect(Collectors.joining(", "));
    }

    private static String text(RoutingException way) {
        return switch (way) {
            case CUSTOM_ASSIGNMENT -> "custom assignment method (queues)";
            case AGENT_AFFINITY -> "agent affinity (workstreams)";
            case PICKED -> "picking by agents (workstreams)";
            case PREFERRED_AGENTS -> "preferred agents";
        };
    }

    private Finding heard() {
        if (settings.webhookKey().filter(keys -> !keys.isEmpty()).isEmpty()) {
            return Finding.failed(
                    "no webhook key is set: everything that Dynamics 365 tells is refused",
                    "set lockstep.dynamics.webhook-key");
        }
        long unreadable = settings.webhookKey().orElseThrow().stream()
                .filter(reference -> !isReadable(reference))
                .count();
        if (unreadable > 0) {
            return Finding.failed(
                    unreadable + " of the webhook's keys cannot be read: calls that carry it are answered 503",
                    "let the function read the secrets that lockstep.dynamics.webhook-key names, and put a key into each");
        }
        Optional<Instant> last = control.get(HEARD).map(Instant::parse);
        if (last.isEmpty()) {
            return Finding.warning("Dynamics 365 has never called; changes are found by the sweep only", REGISTER);
        }
        Duration silence = Duration.between(last.get(), clock.instant());
        String detail = "Dynamics 365 last called at " + last.get();
        return silence.compareTo(SILENCE) > 0
                ? Finding.warning(detail, "check the webhook's system jobs in Dynamics 365 and its step")
                : Finding.ok(detail);
    }

    private boolean isReadable(String reference) {
        try {
            return !secrets.revealAll(List.of(reference)).isEmpty();
        } catch (PlatformException e) {
            return false;
        }
    }

    private Finding registered() {
        List<StepRow> updates = setup.steps().stream()
                .filter(step -> !step.url().isBlank())
                .filter(step -> step.message().equals("Update"))
                .toList();
        List<StepRow> ours = updates.stream().filter(step -> isOurs(step.url())).toList();
        List<StepRow> steps = ours.isEmpty() ? updates : ours;
        if (steps.stream().noneMatch(StepRow::enabled)) {
            return Finding.failed("no enabled webhook step hears Update of " + StatusMessage.TABLE, REGISTER);
        }
        Optional<StepRow> synchronous = steps.stream()
                .filter(step -> step.enabled() && !step.asynchronous())
                .findFirst();
        if (synchronous.isPresent()) {
            return Finding.warning(
                    "the step \"" + synchronous.get().name()
                            + "\" is synchronous, as in Microsoft's own sample: agents wait for us, and our failure is theirs",
                    "set its execution mode to asynchronous");
        }
        boolean complete = steps.stream()
                .anyMatch(step -> step.enabled()
                        && (step.columns().isEmpty() || step.columns().containsAll(WATCHED)));
        return complete
                ? Finding.ok("an asynchronous webhook step hears Update of " + StatusMessage.TABLE)
                : Finding.warning(
                        "the webhook step does not hear every column that matters",
                        "let it filter on "
                                + String.join(", ", WATCHED.stream().sorted().toList()) + ", or on nothing");
    }

    private static boolean isOurs(String url) {
        return url.split("[?#]")[0].replaceAll("/+$", "").endsWith("/dynamics");
    }

    /** The application user needs no right to see them, so that it may not is no failure. */
    private static Finding ifReadable(Supplier<Finding> look, String what) {
        try {
            return look.get();
        } catch (PlatformException.PermissionMissing | PlatformException.Rejected e) {
            return Finding.skipped(
                    what + " cannot be read: " + e.getMessage(),
                    "look at them by hand, or give the application user the right to read them");
        }
    }
}
