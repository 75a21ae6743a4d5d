package dev.lockstep.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.document.Diagnostic;
import dev.lockstep.document.Diagnostics;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.SourceLocation;
import dev.lockstep.platform.GivenPlatforms;
import dev.lockstep.presence.Status;
import dev.lockstep.presence.Strictness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingDocumentTest {
    private static MappingSchema.Checked check(String... texts) {
        String[] scopes = {"default", "team#sales"};
        List<MappingDocument> layers = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            layers.add(MappingDocument.read(scopes[i], texts[i].replace("\\n", "\n")));
        }
        return GivenPlatforms.SCHEMA.check(layers);
    }

    private static Mapping valid(String... texts) {
        MappingSchema.Checked checked = check(texts);
        assertThat(checked.mistakes()).isEmpty();
        return checked.mapping();
    }

    private static InboundRule reading(String platform, String shown) {
        return GivenPlatforms.shippedMapping().read(platform, shown).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void whatShipsCanShowEveryStatusEverywhere(Status status) {
        Mapping shipped = GivenPlatforms.shippedMapping();
        assertThat(shipped.write("dynamics", status)).isPresent();
        assertThat(shipped.write("teams", status)).isPresent();
    }

    @Test
    void whatShipsReadsEveryPresenceThatComesWithDynamics() {
        for (String name :
                List.of("Available", "Busy", "Busy - DND", "Away", "Offline", "Do not disturb", "Appear away")) {
            assertThat(reading("dynamics", name).use()).as(name).isEqualTo(EvidenceKind.CHOICE);
        }
        assertThat(reading("dynamics", "Inactive")).isEqualTo(new InboundRule(Status.AWAY, EvidenceKind.FACT));
        assertThat(reading("dynamics", "on a CALL")).isEqualTo(InboundRule.IGNORED);
    }

    @ParameterizedTest
    @CsvSource({
        "Available/Available, AVAILABLE, CHOICE",
        "busy/busy, BUSY, CHOICE",
        "Busy/InACall, ON_A_CALL, FACT",
        "Busy/InAConferenceCall, ON_A_CALL, FACT",
        "BusyIdle/InACall, ON_A_CALL, FACT",
        "inACall/busy, ON_A_CALL, FACT",
        "inAMeeting/busy, IN_A_MEETING, FACT",
        "Busy/InAMeeting, IN_A_MEETING, FACT",
        "presenting/doNotDisturb, DO_NOT_DISTURB, FACT",
        "DoNotDisturb/Presenting, DO_NOT_DISTURB, FACT",
        "DoNotDisturb/DoNotDisturb, DO_NOT_DISTURB, CHOICE",
        "BeRightBack/BeRightBack, BE_RIGHT_BACK, CHOICE",
        "Away/BeRightBack, BE_RIGHT_BACK, CHOICE",
        "Offline/OffWork, OFFLINE, CHOICE",
    })
    void whatShipsTellsFactsFromChoices(String pair, Status status, EvidenceKind use) {
        assertThat(reading("teams", pair)).isEqualTo(new InboundRule(status, use));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Away/Away",
                "Offline/Offline",
                "Available/AvailableInactive",
                "AvailableIdle/Available",
                "BusyIdle/Busy",
                "Available/OutOfOffice",
                "OutOfOffice/OutOfOffice",
                "PresenceUnknown/PresenceUnknown"
            })
    void idleMachinesClosedClientsAndAbsenceSayNothing(String pair) {
        assertThat(reading("teams", pair).is(EvidenceKind.IGNORE)).isTrue();
    }

    @Test
    void whatShipsIsOrderedAsThePolicyIs() {
        assertThat(GivenPlatforms.shippedMapping().strictness()).isEqualTo(Strictness.USUAL);
        assertThat(GivenPlatforms.SCHEMA.check(List.of()).warnings()).isEmpty();
    }

    @Test
    void whatShipsNamesNothingTwice() {
        MappingDocument shipped = MappingDocument.read("shipped", GivenPlatforms.shippedText());
        Diagnostics mistakes = new Diagnostics();
        new DocumentOverlay(GivenPlatforms.SCHEMA.names(), mistakes)
                .over((DocumentNode.Fields) shipped.tree(), shipped.tree());
        assertThat(shipped.mistakes()).isEmpty();
        assertThat(mistakes.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "# nothing\\n", "dynamics:\\n", "teams: {read: , write: }", "order: ~"})
    void anEmptyDocumentChangesNothing(String text) {
        assertThat(valid(text)).isEqualTo(GivenPlatforms.shippedMapping());
    }

    @Test
    void aDocumentChangesOnlyWhatItNames() {
        Mapping mapping = valid("dynamics: {write: {on-a-call: Telephone}, read: {TELEPHONE: ignore}}");
        assertThat(mapping.write("dynamics", Status.ON_A_CALL).orElseThrow().values())
                .containsExactly("Telephone");
        assertThat(mapping.read("dynamics", "telephone")).contains(InboundRule.IGNORED);
        assertThat(mapping.write("dynamics", Status.BUSY))
                .isEqualTo(GivenPlatforms.shippedMapping().write("dynamics", Status.BUSY));
        assertThat(mapping.platforms().get("teams"))
                .isEqualTo(GivenPlatforms.shippedMapping().platforms().get("teams"));
    }

    @Test
    void oneValueOfATeamsStatusMayBeChangedAlone() {
        Mapping mapping = valid("teams: {write: {busy: {expires: PT1H}}}");
        assertThat(mapping.write("teams", Status.BUSY))
                .contains(new OutboundRule("preferred", List.of("Busy/Busy"), Optional.of(Duration.ofHours(1))));
    }

    @Test
    void theTeamComesBeforeTheDefaultAndTheDefaultBeforeWhatShips() {
        String wide = "dynamics:\\n  read:\\n    Lunch: {means: away, as: choice}\\n    Busy: ignore\\n";
        String narrow = "dynamics:\\n  read:\\n    lunch: {means: beRightBack, as: choice}\\n";
        Mapping mapping = valid(wide, narrow);
        assertThat(mapping.read("dynamics", "Lunch"))
                .contains(new InboundRule(Status.BE_RIGHT_BACK, EvidenceKind.CHOICE));
        assertThat(mapping.read("dynamics", "Busy")).contains(InboundRule.IGNORED);
        assertThat(mapping.read("dynamics", "Away")).contains(new InboundRule(Status.AWAY, EvidenceKind.CHOICE));
    }

    @Test
    void aStatusMayBeReadAgainThatAWiderDocumentIgnores() {
        Mapping mapping =
                valid("dynamics: {read: {Busy: ignore}}", "dynamics: {read: {Busy: {means: busy, as: fact}}}");
        assertThat(mapping.read("dynamics", "Busy")).contains(new InboundRule(Status.BUSY, EvidenceKind.FACT));
    }

    @Test
    void jsonDoesAsWell() {
        Mapping mapping = valid("{\"dynamics\":{\"read\":{\"Lunch\":{\"means\":\"away\",\"as\":\"choice\"}}}}");
        assertThat(mapping.read("dynamics", "lunch")).contains(new InboundRule(Status.AWAY, EvidenceKind.CHOICE));
    }

    @Test
    void anExactPairComesBeforeAnOpenOne() {
        Mapping mapping = valid("teams: {read: {Focusing/*: ignore, Focusing/Busy: {means: busy, as: fact}}}");
        assertThat(mapping.read("teams", "focusing/busy")).contains(new InboundRule(Status.BUSY, EvidenceKind.FACT));
        assertThat(mapping.read("teams", "focusing/away")).contains(InboundRule.IGNORED);
    }

    @Test
    void theOrderMayBeAnother() {
        String order = "[available, away, beRightBack, busy, onACall, inAMeeting, doNotDisturb, offline]";
        assertThat(valid("order: " + order).strictness().order())
                .startsWith(Status.AVAILABLE)
                .containsSubsequence(Status.ON_A_CALL, Status.IN_A_MEETING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dynamcis: {}                                        | 1 | 1  | dynamcis                        | did you mean \"dynamics\"",
                "slack: {}                                           | 1 | 1  | slack                           | known are order, dynamics, teams",
                "[a]                                                 | 1 | 1  | ''                              | a mapping holds",
                "dynamics: {raed: {}}                                | 1 | 12 | dynamics.raed                   | did you mean \"read\"",
                "dynamics: [Busy]                                    | 1 | 11 | dynamics                        | holds names with values",
                "dynamics: {read: {Lunch: away}}                     | 1 | 26 | dynamics.read.Lunch             | say ignore, or {means",
                "dynamics: {read: {Lunch: }}                         | 1 | 25 | dynamics.read.Lunch             | instead of nothing",
                "dynamics: {read: {Lunch: [away]}}                   | 1 | 26 | dynamics.read.Lunch             | instead of a list",
                "dynamics: {read: {Lunch: {means: awya, as: choice}}}| 1 | 34 | dynamics.read.Lunch.means       | did you mean \"away\"",
                "dynamics: {read: {Lunch: {means: away}}}            | 1 | 26 | dynamics.read.Lunch             | as: choice, fact or ignore",
                "dynamics: {read: {Lunch: {as: fact}}}               | 1 | 26 | dynamics.read.Lunch             | which status it means",
                "dynamics: {read: {Lunch: {means: away, as: fcat}}}  | 1 | 44 | dynamics.read.Lunch.as          | did you mean \"fact\"",
                "dynamics: {read: {Lunch: {meens: away, as: fact}}}  | 1 | 27 | dynamics.read.Lunch.meens       | did you mean \"means\"",
                "dynamics: {read: {'': ignore}}                      | 1 | 19 | dynamics.read.\"\"              | 1 to 500 characters",
                "dynamics: {write: {lunch: Busy}}                    | 1 | 20 | dynamics.write.lunch            | is no status",
                "dynamics: {write: {busy: }}                         | 1 | 20 | dynamics.write.busy             | every status needs a way",
                "dynamics: {write: {busy: []}}                       | 1 | 26 | dynamics.write.busy             | 1 to 10 presence names",
                "dynamics: {write: {busy: ' '}}                      | 1 | 26 | dynamics.write.busy             | a presence's name",
                "dynamics: {write: {busy: [Busy, {}]}}               | 1 | 33 | dynamics.write.busy[1]          | instead of names with values",
                "order: available                                    | 1 | 8  | order                           | a list of every status",
                "order: [available, busy]                            | 1 | 8  | order                           | add away, beRightBack, inAMeeting, onACall",
                "order: [available, available]                       | 1 | 20 | order[1]                        | named twice",
                "order: [offline, doNotDisturb, onACall, inAMeeting, busy, beRightBack, away, available] | 1 | 8 | order | available comes first",
                "order: [away, available, beRightBack, busy, inAMeeting, onACall, doNotDisturb, offline] | 1 | 8 | order | away gives way to available",
                "order: [avialable]                                  | 1 | 9  | order[0]                        | did you mean \"available\"",
                "teams: {read: {Busy: ignore}}                       | 1 | 16 | teams.read.Busy                 | Availability/Activity",
                "teams: {write: {busy: Busy/Busy}}                   | 1 | 23 | teams.write.busy                | say {slot: session or preferred",
                "teams: {write: {busy: {slot: session}}}             | 1 | 23 | teams.write.busy.show           | Graph refuses \"Busy/Busy\" in the slot session",
                "teams: {write: {onACall: {slot: preferred}}}        | 1 | 26 | teams.write.onACall.show        | it takes Available/Available, Busy/Busy",
                "teams: {write: {inAMeeting: {show: Busy/InAMeeting}}}|1 | 36 | teams.write.inAMeeting.show     | Graph refuses",
                "teams: {write: {busy: {slot: favourite}}}           | 1 | 30 | teams.write.busy.slot           | known are session, preferred",
                "teams: {write: {onACall: {expires: PT4M59S}}}       | 1 | 36 | teams.write.onACall.expires     | give PT5M to PT4H",
                "teams: {write: {onACall: {expires: PT4H1S}}}        | 1 | 36 | teams.write.onACall.expires     | give PT5M to PT4H",
                "teams: {write: {busy: {expires: P8D}}}              | 1 | 33 | teams.write.busy.expires        | give PT5M to P7D",
                "teams: {write: {busy: {expires: 4 hours}}}          | 1 | 33 | teams.write.busy.expires        | ISO 8601",
                "teams: {write: {busy: {expires: PT99999999999999H}}}| 1 | 33 | teams.write.busy.expires        | ISO 8601",
                "teams: {write: {busy: {color: red}}}                | 1 | 24 | teams.write.busy.color          | is not known here",
            })
    void mistakesAreToldWithPlaceAndRemedy(String text, int line, int column, String path, String message) {
        assertThat(check(text).mistakes()).anySatisfy(mistake -> {
            assertThat(mistake.path()).isEqualTo(path);
            assertThat(mistake.message()).contains(message);
            assertThat(mistake.scope()).isEqualTo("default");
            assertThat(List.of(mistake.line(), mistake.column())).isEqualTo(List.of(line, column));
        });
    }

    @Test
    void allMistakesOfAllLayersAreToldTogether() {
        MappingSchema.Checked checked = check(
                "order: [busy]\\ndynamics: {read: {Busy: no, busy: ignore, X: {means: y, as: z}}}",
                "teams:\\n  write: {busy: {expires: never}}\\n  wriet: {}\\n");
        assertThat(checked.mistakes())
                .extracting(Diagnostic::scope, Diagnostic::line, Diagnostic::path)
                .containsExactlyInAnyOrder(
                        Tuple.tuple("default", 2, "dynamics.read.busy"),
                        Tuple.tuple("default", 1, "order"),
                        Tuple.tuple("default", 2, "dynamics.read.Busy"),
                        Tuple.tuple("default", 2, "dynamics.read.X.means"),
                        Tuple.tuple("default", 2, "dynamics.read.X.as"),
                        Tuple.tuple("team#sales", 2, "teams.write.busy.expires"),
                        Tuple.tuple("team#sales", 3, "teams.wriet"));
    }

    @Test
    void theExceptionCarriesThemAll() {
        assertThatThrownBy(() -> GivenPlatforms.SCHEMA.mapping(List.of(MappingDocument.read("team#x", "a: 1\nb: 2"))))
                .isInstanceOfSatisfying(
                        MappingInvalid.class,
                        invalid -> assertThat(invalid.mistakes()).hasSize(2))
                .hasMessageContaining("team#x, line 2, column 1, b: ");
    }

    @Test
    void aStatusWrittenTwoWaysInOneDocumentIsAMistake() {
        assertThat(check("dynamics: {write: {onACall: A, on a call: B}}").mistakes())
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.message()).contains("are the same"));
    }

    @Test
    void whatIsWrittenButNotReadIsToldAsOdd() {
        MappingSchema.Checked checked = check("dynamics: {write: {onACall: Telephone}}");
        assertThat(checked.mistakes()).isEmpty();
        assertThat(checked.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.path()).isEqualTo("dynamics.write.onACall");
            assertThat(warning.message()).contains("\"Telephone\" is written but not read");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dynamics: {write: {offline: Available}}",
                "dynamics: {write: {onACall: [On a call, Available]}}",
                "teams: {write: {onACall: {show: Available/Available, slot: session, expires: PT1H}}}",
                "teams: {read: {Busy/InACall: {means: available, as: fact}}}",
                "order: [available, away, beRightBack, onACall, busy, inAMeeting, doNotDisturb, offline]"
            })
    void aWayForWorkToGetInIsToldAsOdd(String document) {
        MappingSchema.Checked checked = check(document);
        assertThat(checked.mistakes()).isEmpty();
        assertThat(checked.warnings()).extracting(Diagnostic::message).anyMatch(message -> message.contains("work"));
    }

    @Test
    void aPairThatGraphDoesNotKnowIsToldAsOdd() {
        MappingSchema.Checked checked = check("teams: {read: {Buzy/Busy: ignore}}");
        assertThat(checked.mistakes()).isEmpty();
        assertThat(checked.warnings()).extracting(Diagnostic::path).containsExactly("teams.read.Buzy/Busy");
    }

    @Test
    void scopesOfTeams() {
        assertThat(MappingDocument.scopeOf(" ")).isEqualTo("default");
        assertThat(MappingDocument.scopeOf("Priority ")).isEqualTo("team#priority");
    }

    @Test
    void pairsHaveOneWriting() {
        assertThat(valid("teams: {write: {offline: {show: offline/offwork}}}")
                        .write("teams", Status.OFFLINE)
                        .orElseThrow()
                        .values())
                .containsExactly("Offline/OffWork");
    }

    @Test
    void aMistakeInATreeWithoutTextHasNoLine() {
        DocumentNode tree = new DocumentNode.Scalar("x", SourceLocation.in("request"));
        assertThat(GivenPlatforms.SCHEMA
                        .check(List.of(new MappingDocument("team#x", tree)))
                        .mistakes())
                .containsExactly(
                        new Diagnostic("request", 0, 0, "", "a mapping holds order, dynamics and teams, not \"x\""));
    }

    @Test
    void everyStatusIsNamedInTheOrderThatShips() {
        assertThat(GivenPlatforms.shippedMapping().strictness().order())
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(Status.values()));
    }
}
