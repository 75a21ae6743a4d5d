package dev.lockstep.dynamics;

import dev.lockstep.check.Finding;
import dev.lockstep.check.Finding.Grade;
import dev.lockstep.dynamics.dataverse.OmnichannelApi.PresenceRow;
import dev.lockstep.dynamics.dataverse.SetupApi.WorkstreamRow;
import dev.lockstep.mapping.EvidenceKind;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.mapping.Mappings;
import dev.lockstep.mapping.OutboundRule;
import dev.lockstep.presence.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the presences that the mappings name do to routing, which goes by a presence's base status alone. The installation's
 * mapping is looked at, and that of each team that has its own.
 *
 * @param byTeam under a blank name the installation's, which comes first
 */
record MappedPresences(PresenceCatalogue presences, Map<String, Mapping> byTeam) {
    private static final String CREATE = "create a custom presence named \"On a call\" with the base status Busy - DND";

    static MappedPresences of(List<PresenceRow> presences, Mappings mappings) {
        Map<String, Mapping> byTeam = new LinkedHashMap<>();
        byTeam.put("", mappings.forTeam(""));
        mappings.teams().stream().sorted().forEach(team -> byTeam.put(team, mappings.forTeam(team)));
        return new MappedPresences(new PresenceCatalogue(presences), byTeam);
    }

    /** Whether the presence that carries a call keeps work away: plain Busy is allowed by many workstreams. */
    Finding onACall() {
        Map<Finding, List<String>> found = new LinkedHashMap<>();
        byTeam.forEach((team, mapping) -> found.computeIfAbsent(
                        onACall(new PresenceMeanings(presences, mapping)), any -> new ArrayList<>())
                .add(team));
        Grade worst = found.keySet().stream()
                .map(Finding::grade)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return new Finding(
                worst,
                found.entrySet().stream()
                        .filter(entry -> entry.getKey().grade() == worst)
                        .map(entry -> entry.getKey().detail() + in(entry.getValue()))
                        .collect(Collectors.joining("; ")),
                found.keySet().stream()
                        .filter(finding -> finding.grade() == worst)
                        .map(Finding::fix)
                        .distinct()
                        .collect(Collectors.joining("; ")));
    }

    private Finding onACall(PresenceMeanings meanings) {
        Optional<PresenceRow> carrier = carrier(meanings, Status.ON_A_CALL);
        if (carrier.isEmpty()) {
            return Finding.failed("no presence of the organisation carries onACall", CREATE);
        }
        String name = "\"" + carrier.get().name() + "\"";
        if (!presences.baseOf(carrier.get().id()).equals(Optional.of(Status.DO_NOT_DISTURB))) {
            return Finding.failed(
                    "the presence " + name
                            + " that carries onACall is not based on Busy - DND: work is offered during calls",
                    "give " + name + " the base status Busy - DND, or let another presence carry onACall");
        }
        if (!meanings.of(carrier.get().id()).is(EvidenceKind.IGNORE)) {
            return Finding.warning(
                    "onACall is carried by " + name
                            + ", which agents choose themselves too: the two cannot be told apart",
                    CREATE);
        }
        return Finding.ok(name + " carries onACall and is based on Busy - DND");
    }

    /** Whether the organisation has a presence for each status that is to be shown. */
    Finding missing() {
        List<String> missing = whereAny(this::lacking).entrySet().stream()
                .map(entry -> entry.getKey() + in(entry.getValue()))
                .toList();
        return missing.isEmpty()
                ? Finding.ok("Dynamics 365 has every presence by which " + byTeam.size() + " mappings show a status")
                : Finding.failed(
                        "statuses cannot be shown, because Dynamics 365 lacks the presence: "
                                + String.join("; ", missing),
                        "create these presences, or name others in the mapping");
    }

    private Stream<String> lacking(Mapping mapping) {
        PresenceMeanings meanings = new PresenceMeanings(presences, mapping);
        return Stream.of(Status.values())
                .flatMap(status -> mapping.write(DynamicsPlatform.NAME, status).stream()
                        .filter(rule -> carrier(meanings, status).isEmpty())
                        .map(OutboundRule::values)
                        .map(names -> status.label() + " (" + String.join(", ", names) + ")"));
    }

    /** Whether a workstream offers work to somebody whom the mappings show as not wanting any. */
    Finding workstreams(List<WorkstreamRow> rows) {
        List<WorkstreamRow> judged =
                rows.stream().filter(row -> row.allowedBases().isPresent()).toList();
        if (judged.isEmpty()) {
            return Finding.skipped(
                    rows.size() + " workstreams, none of which tells the presences that it allows",
                    "look at the allowed presences of each workstream by hand");
        }
        String silent = rows.stream()
                .filter(row -> row.allowedBases().isEmpty())
                .map(WorkstreamRow::name)
                .collect(Collectors.joining(", "));
        String rest = silent.isEmpty() ? "" : "; not looked at, because they do not tell what they allow: " + silent;
        List<String> open = offering(judged, Status.ON_A_CALL::equals);
        if (!open.isEmpty()) {
            return Finding.failed(
                    "work is offered to agents who are on a call: " + String.join("; ", open) + rest,
                    "take Busy - DND out of the allowed presences of these workstreams, and let onACall be carried by"
                            + " a presence with that base status");
        }
        List<String> lax = offering(judged, status -> status != Status.AVAILABLE && status != Status.BUSY);
        return lax.isEmpty()
                ? Finding.ok(
                        judged.size() + " workstreams, whose allowed presences keep work away during a call" + rest)
                : Finding.warning(
                        "work is offered to agents who do not want any: " + String.join("; ", lax) + rest,
                        "allow Available, and Busy if you like, and nothing else in these workstreams");
    }

    private List<String> offering(List<WorkstreamRow> rows, Predicate<Status> which) {
        return rows.stream()
                .flatMap(row -> {
                    String statuses = whereAny(mapping -> offered(row, mapping, which)).entrySet().stream()
                            .map(entry -> entry.getKey() + in(entry.getValue()))
                            .collect(Collectors.joining(", "));
                    return statuses.isEmpty() ? Stream.empty() : Stream.of(row.name() + " (" + statuses + ")");
                })
                .toList();
    }

    private Stream<String> offered(WorkstreamRow row, Mapping mapping, Predicate<Status> which) {
        PresenceMeanings meanings = new PresenceMeanings(presences, mapping);
        return Stream.of(Status.values())
                .filter(which)
                .filter(status -> carrier(meanings, status)
                        .filter(shown -> row.allowedBases().orElse(Set.of()).contains(shown.base()))
                        .isPresent())
                .map(Status::label);
    }

    private Optional<PresenceRow> carrier(PresenceMeanings meanings, Status status) {
        return meanings.carrierOf(status).flatMap(presences::row);
    }

    private Map<String, List<String>> whereAny(Function<Mapping, Stream<String>> look) {
        Map<String, List<String>> teams = new LinkedHashMap<>();
        byTeam.forEach((team, mapping) -> look.apply(mapping)
                .forEach(what ->
                        teams.computeIfAbsent(what, any -> new ArrayList<>()).add(team)));
        return teams;
    }

    /** Only of a team where it is not so for everybody. */
    private static String in(List<String> teams) {
        return teams.contains("") ? "" : " in the mapping of " + String.join(", ", teams);
    }
}
