package dev.lockstep.newcomer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.Defaults;
import dev.lockstep.administration.ConfigResponse;
import dev.lockstep.administration.Configuration;
import dev.lockstep.agent.AgentState;
import dev.lockstep.board.GivenBoard;
import dev.lockstep.browser.GivenBrowser;
import dev.lockstep.check.Check;
import dev.lockstep.check.Finding;
import dev.lockstep.configured.ConfigSettings;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.directory.DirectoryBuilder;
import dev.lockstep.directory.PeopleSource;
import dev.lockstep.doctor.GivenDoctor;
import dev.lockstep.doctor.Report;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.KeyPath;
import dev.lockstep.document.SourceLocation;
import dev.lockstep.dynamics.DynamicsDescriptor;
import dev.lockstep.intake.GivenCrew;
import dev.lockstep.intake.Trigger;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.mapping.MappingPart;
import dev.lockstep.mapping.MappingProblems;
import dev.lockstep.mapping.MappingSchema;
import dev.lockstep.mapping.MappingSyntax;
import dev.lockstep.mapping.OutboundRule;
import dev.lockstep.platform.BulkLimit;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.DesiredPresence;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.IdentityForm;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Plan;
import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.platform.PlatformDescriptor;
import dev.lockstep.platform.PlatformGroup;
import dev.lockstep.platform.Platforms;
import dev.lockstep.platform.ReadablePlatform;
import dev.lockstep.platform.Shares;
import dev.lockstep.platform.Standing;
import dev.lockstep.platform.Subject;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import dev.lockstep.protocol.http.Body;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.Supervision;
import dev.lockstep.store.InMemoryAgentStore;
import dev.lockstep.store.InMemoryControl;
import dev.lockstep.store.InMemoryDocuments;
import dev.lockstep.store.InMemoryIdentities;
import dev.lockstep.store.InMemoryTimeline;
import dev.lockstep.sync.SyncHarness;
import dev.lockstep.sync.queue.BulkLane;
import dev.lockstep.teams.TeamsDescriptor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A platform that nobody but this class knows takes part in everything by its descriptor, adapter and checks alone. */
class NewPlatformTest {
    private static final String NAME = "pager";

    private Instant now = Instant.parse("2026-11-23T09:00:00Z");
    private final Descriptor descriptor = new Descriptor();
    private final Pager pager = new Pager();
    private final PlatformCatalogue catalogue = new PlatformCatalogue(
            List.of(new TeamsDescriptor(Shares.ONE), descriptor, new DynamicsDescriptor(Shares.ONE)));
    private final MappingSchema schema = catalogue.mappings();
    private final Platforms platforms = Platforms.of(List.of(new PlatformGroup(descriptor, () -> List.of(pager))));
    private final InMemoryDocuments documents = new InMemoryDocuments();
    private final InMemoryAgentStore store = new InMemoryAgentStore();
    private final InMemoryIdentities identities = new InMemoryIdentities();
    private final InMemoryControl control = new InMemoryControl(() -> now);
    private final SyncHarness sync = SyncHarness.over(
                    store, new InMemoryTimeline(Duration.ofDays(1), () -> now), platforms.all(), () -> now)
            .mapping(team -> schema.shipped())
            .build();

    @BeforeEach
    void rita() {
        apply("agents: [{agentId: rita, name: Rita, identities: [\" pager# p-17\"]}]");
        tell(new Signal.SignedIn(Source.DYNAMICS, SourceTime.at(now), true));
        tell(new Signal.Choice(
                new Source("application:crm"), SourceTime.at(now), Status.BUSY, Optional.empty(), Optional.empty()));
    }

    private void tell(Signal signal) {
        now = now.plusSeconds(1);
        sync.synchronizer().accept("rita", List.of(new Evidence.Reported(signal)), new Trigger("test", "test-1"));
    }

    private ConfigResponse.Result ask(String action, String yaml) {
        Configuration configuration = new Configuration(
                documents,
                identities,
                store,
                new InMemoryControl(() -> now),
                catalogue,
                platforms,
                List.of(),
                Defaults.of(ConfigSettings.class, Map.of("lockstep.config.inline-secrets", "true")),
                () -> now);
        return (ConfigResponse.Result) configuration.answer("action: " + action + "\n" + yaml);
    }

    private ConfigResponse.Result apply(String yaml) {
        ConfigResponse.Result result = ask("apply", yaml);
        assertThat(result.mistakes()).isEmpty();
        return result;
    }

    private AgentState state() {
        return store.load("rita").orElseThrow();
    }

    @Test
    void itsPartOfTheMappingShipsAndIsCheckedByItsOwnSyntax() throws Exception {
        assertThat(schema.shipped().write(NAME, Status.BUSY).orElseThrow().values())
                .containsExactly("red");
        assertThat(schema.mapping(List.of(MappingDocument.read("default", "pager: {write: {busy: amber}}")))
                        .write(NAME, Status.BUSY)
                        .orElseThrow()
                        .values())
                .containsExactly("amber");
        assertThat(schema.check(List.of(MappingDocument.read("default", "pager: {write: {busy: Plaid}}")))
                        .mistakes())
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.toString()).contains("pager.write.busy", "no colour"));
        assertThat(schema.check(List.of(MappingDocument.read("default", "[pager]")))
                        .mistakes())
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.message()).contains("order, dynamics, pager and teams"));
    }

    @Test
    void aMappingThatFeedsBackThereIsToldByItsDisplayName() {
        String circle = "pager: {read: {red: {means: away, as: choice}, amber: {means: busy, as: choice}}}";
        assertThat(schema.check(List.of(MappingDocument.read("default", circle)))
                        .mistakes())
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.message()).contains("is shown by Pager as \"red\""));
    }

    @Test
    void anAdministratorGivesIdsOnItAndSeesWhomItsMappingConcerns() {
        assertThat(state().profile().externalId(NAME)).contains("P-17");
        assertThat(ask("validate", "agents: [{agentId: max, identities: [\"pager#17\"]}]")
                        .warnings())
                .singleElement()
                .satisfies(warning ->
                        assertThat(warning.message()).isEqualTo("an id on pager usually is P- and a number; check it"));
        assertThat(ask("validate", "agents: [{agentId: max, identities: [\"pagr#17\"]}]")
                        .mistakes())
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.message()).contains("did you mean \"pager\"?"));
        assertThat(ask("dry-run", "mappings: {default: {pager: {write: {busy: amber}}}}")
                        .changes()
                        .toString())
                .contains("rita", "pager", "red", "amber");
    }

    @Test
    void anAgentIsFoundByTheirIdOnItAndByItsDirectory() {
        AgentLookup lookup = new AgentLookup(catalogue, store, identities);
        assertThat(lookup.find("p-17").map(AgentState::agentId)).contains("rita");
        DirectoryBuilder.Result result = new DirectoryBuilder(
                        catalogue,
                        List.of(new Subscribers()),
                        store,
                        identities,
                        GivenCrew.alone(),
                        InstantSource.system())
                .build();
        assertThat(result.agents()).isEqualTo(1);
        assertThat(result.problems())
                .containsExactly(
                        "Max has no Entra object id: not known in Teams",
                        "rita is no longer among the representatives in the pagers' list: remove them with config if"
                                + " they have left; who is read is decided by who has a pager");
        assertThat(lookup.find("P-18").map(AgentState::agentId)).contains("max@contoso.com");
    }

    @Test
    void theSynchroniserWritesThereAndTheBoardShowsIt() {
        assertThat(pager.shown).containsEntry("P-17", "red");
        assertThat(state().standing(NAME).wanted()).contains(Status.BUSY);

        HttpCall call = HttpCall.of("GET", "/board", "", Map.of(), Body.of(""), now);
        assertThat(GivenBoard.of(store.views(), catalogue, Supervision.ofEverybody(), GivenBrowser.none())
                        .handle(call)
                        .body())
                .contains("<b>Duty pager</b>: nothing is known of it, wanted Busy");
    }

    @Test
    void itsLimitAndItsPausesPaceWorkForMany() {
        BulkLane lane = new BulkLane(catalogue, control, () -> now);
        assertThat(lane.reserve(7).apart()).isBetween(Duration.ofMillis(4_700), Duration.ofMillis(4_800));

        now = now.plusSeconds(60);
        lane.pause(NAME, "rita", Duration.ofSeconds(30));
        assertThat(lane.reserve(1).first()).isEqualTo(now.plusSeconds(30));
    }

    @Test
    void theDoctorLooksAtItWithItsOwnChecksAndByAChangeFromEndToEnd() {
        tell(new Signal.ChoiceWithdrawn(new Source("application:crm"), SourceTime.at(now)));
        Report report = new GivenDoctor(
                        List.of(() -> List.of(new Check("pager-battery", () -> Finding.ok("full")))),
                        platforms,
                        store,
                        new AgentLookup(catalogue, store, identities),
                        control,
                        sync.synchronizer(),
                        schema.shipped(),
                        () -> now)
                .examine("P-17");
        assertThat(report.checks())
                .filteredOn(check -> check.name().contains(NAME))
                .allSatisfy(check -> assertThat(check.ok()).isEqualTo("ok"))
                .extracting(Report.Result::name)
                .containsExactly("pager-battery", "pager-reachable", "test-pager");
    }

    @Test
    void aPlatformThatItsDescriptorDoesNotDescribeIsRefused() {
        PlatformGroup wrong = new PlatformGroup(new TeamsDescriptor(Shares.ONE), () -> List.of(pager));
        assertThatThrownBy(() -> Platforms.of(List.of(wrong)).all())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("pager is not described by teams");
    }

    private static final class Descriptor implements PlatformDescriptor {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String displayName() {
            return "Duty pager";
        }

        @Override
        public Optional<IdentityForm> identities() {
            return Optional.of(new IdentityForm(
                    "<number>",
                    IdentityForm.Issuer.PLATFORM,
                    Pattern.compile("P-\\d+"),
                    "P- and a number",
                    id -> id.strip().toUpperCase(Locale.ROOT)));
        }

        @Override
        public Optional<MappingPart> mapping() {
            return Optional.of(new MappingPart(NAME, "Pager", new Colours(), () -> """
                    read:
                      green: {means: available, as: choice}
                      red: {means: busy, as: choice}
                      amber: ignore
                    write:
                      available: green
                      away: amber
                      busy: red
                    """));
        }

        @Override
        public BulkLimit bulkLimit() {
            return BulkLimit.Quota.of(3, Duration.ofSeconds(10), 1);
        }
    }

    private record Colours() implements MappingSyntax {
        private static final List<String> ALL = List.of("green", "amber", "red");

        @Override
        public void checkName(String name, SourceLocation place, KeyPath path, MappingProblems problems) {
            if (!ALL.contains(name)) {
                problems.mistake(place, path, name + " is no colour of a pager");
            }
        }

        @Override
        public Optional<OutboundRule> writing(DocumentNode tree, KeyPath path, MappingProblems problems) {
            return problems.text(tree, path, "a colour").map(colour -> {
                checkName(colour.text(), colour.place(), path, problems);
                return new OutboundRule("", List.of(colour.text()), Optional.empty());
            });
        }
    }

    /** Its people, with their numbers and nothing else. */
    private static final class Subscribers implements PeopleSource {
        @Override
        public String name() {
            return "the pagers' list";
        }

        @Override
        public String platform() {
            return NAME;
        }

        @Override
        public String choice() {
            return "who has a pager";
        }

        @Override
        public Reading read() {
            return Reading.complete(
                    List.of(new Person("Max", "Max@contoso.com", Map.of(NAME, "P-18"), Optional.empty())));
        }
    }

    /** Shows the colour that was written last. */
    private static final class Pager implements ReadablePlatform {
        private final Map<String, String> shown = new HashMap<>();

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Plan plan(DesiredPresence wish, Standing standing, Instant now) {
            Optional<String> colour = wish.status()
                    .flatMap(status -> wish.mapping().write(NAME, status))
                    .map(rule -> rule.values().getFirst());
            boolean stands = standing.ledger()
                    .newestIn("colour")
                    .filter(LedgerEntry::isAccepted)
                    .map(LedgerEntry::value)
                    .equals(colour);
            return colour.isEmpty() || stands
                    ? Plan.nothing(Condition.IN_SYNC, "")
                    : Plan.write(
                            List.of(new LedgerEntry(
                                    "colour", colour.get(), now, Optional.empty(), LedgerEntry.Outcome.INTENDED)),
                            Optional.empty());
        }

        @Override
        public void perform(LedgerEntry step, Subject subject, Standing standing) {
            shown.put(subject.externalId(), step.value());
        }

        @Override
        public Map<String, Observation> read(Collection<String> externalIds) {
            Map<String, Observation> seen = new HashMap<>();
            externalIds.forEach(id -> seen.put(
                    id, new Observation(NAME, Instant.EPOCH, Map.of("colour", shown.getOrDefault(id, "none")))));
            return seen;
        }

        @Override
        public Optional<String> presence(Observation seen) {
            return seen.field("colour");
        }

        @Override
        public Interpretation interpret(
                Observation seen, Standing standing, Situation situation, Mapping mapping, Instant now) {
            return Interpretation.nothing(standing.seeing(seen));
        }

        @Override
        public Optional<Status> showing(Observation seen, Optional<Status> wanted, Mapping mapping) {
            return seen.field("colour")
                    .flatMap(colour -> mapping.read(NAME, colour))
                    .map(rule -> rule.status());
        }
    }
}
