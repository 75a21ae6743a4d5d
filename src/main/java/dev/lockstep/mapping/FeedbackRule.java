package dev.lockstep.mapping;

import dev.lockstep.document.Diagnostics;
import dev.lockstep.document.KeyPath;
import dev.lockstep.document.SourceLocation;
import dev.lockstep.presence.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Refuses a mapping that would feed back into itself.
 *
 * <p>If some platform shows the status S as X, and X read there means another status S', then what we write can come
 * back as something else: an echo that arrives too late to be recognised turns S into S'. That alone is harmless, for
 * it ends there (a call shown as "Busy - DND" comes back as do not disturb at worst). But if S' is, on the same or on
 * another platform, shown as something that means S again, the two platforms drive each other for ever. So there is an
 * edge from S to S' wherever a platform shows S as X and reads X, as choice or fact, as S'; and a circle of two or more
 * statuses is refused. Ignored names make no edge. Of several names that may carry a status each makes its own edge,
 * for which of them exists is not known here.
 */
final class FeedbackRule {
    private final MappingSchema schema;
    private final Map<String, SourceLocation> places;
    private final String scope;
    private final Map<Status, List<Step>> steps = new EnumMap<>(Status.class);

    /** @param scope where a circle is told if no single line of that document is part of it */
    FeedbackRule(Mapping mapping, MappingSchema schema, Map<String, SourceLocation> places, String scope) {
        this.schema = schema;
        this.places = places;
        this.scope = scope;
        mapping.platforms().keySet().stream().sorted().forEach(platform -> addSteps(mapping, platform));
    }

    private void addSteps(Mapping mapping, String platform) {
        for (Status status : Status.values()) {
            mapping.write(platform, status)
                    .map(OutboundRule::values)
                    .orElse(List.of())
                    .forEach(shown -> mapping.read(platform, shown)
                            .filter(reading -> !reading.is(EvidenceKind.IGNORE) && reading.status() != status)
                            .ifPresent(reading -> steps.computeIfAbsent(status, none -> new ArrayList<>())
                                    .add(new Step(status, platform, shown, reading.status()))));
        }
    }

    /** Tells one shortest circle for every set of statuses that drive each other. */
    void check(Diagnostics mistakes) {
        Set<Status> told = EnumSet.noneOf(Status.class);
        for (Status start : Status.values()) {
            if (!told.contains(start)) {
                circle(start).ifPresent(circle -> {
                    circle.forEach(step -> told.add(step.from()));
                    tell(circle, mistakes);
                });
            }
        }
    }

    /** The shortest way from a status back to itself, by breadth. */
    private Optional<List<Step>> circle(Status start) {
        Map<Status, List<Step>> ways = new EnumMap<>(Status.class);
        Deque<Status> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            Status at = open.poll();
            for (Step step : steps.getOrDefault(at, List.of())) {
                List<Step> way = new ArrayList<>(ways.getOrDefault(at, List.of()));
                way.add(step);
                if (step.to() == start) {
                    return Optional.of(way);
                }
                if (ways.putIfAbsent(step.to(), way) == null) {
                    open.add(step.to());
                }
            }
        }
        return Optional.empty();
    }

    private void tell(List<Step> circle, Diagnostics mistakes) {
        String shown = circle.stream()
                .map(step -> step.inWords(schema.displayName(step.platform())))
                .collect(Collectors.joining("; "));
        String message = "the mapping would feed back into itself: " + shown + ". Let one of these names be ignored "
                + "where it is read, or show one of the statuses by another name";
        Part part = part(circle);
        mistakes.add(part.place(), part.path(), message);
    }

    /** The line of the narrowest document that closes the circle. */
    private Part part(List<Step> circle) {
        return circle.stream()
                .flatMap(step -> step.parts(places).stream())
                .filter(part -> part.place().scope().equals(scope))
                .findFirst()
                .orElseGet(() -> circle.stream()
                        .flatMap(step -> step.parts(places).stream())
                        .filter(part -> part.place().scope().equals(MappingDocument.DEFAULT))
                        .findFirst()
                        .orElseGet(() -> new Part(SourceLocation.in(scope), "")));
    }

    private record Part(SourceLocation place, String path) {}

    /** One status shown by a platform, and what that would be read as. */
    private record Step(Status from, String platform, String shown, Status to) {
        /** @param name the platform's, for people */
        String inWords(String name) {
            return from.label() + " is shown by " + name + " as \"" + shown + "\", which is read there as "
                    + to.label();
        }

        List<Part> parts(Map<String, SourceLocation> places) {
            String open = shown.contains("/") ? shown.substring(0, shown.indexOf('/')) + "/*" : shown;
            String exact = MappingReader.key(platform, shown);
            String read = places.containsKey(exact) ? shown : open;
            List<Part> parts = new ArrayList<>();
            add(parts, places.get(MappingReader.key(platform, read)), "read", read);
            add(parts, places.get(MappingReader.key(platform, from)), "write", from.label());
            return parts;
        }

        private void add(List<Part> parts, SourceLocation place, String direction, String name) {
            if (place != null) {
                String path =
                        KeyPath.ROOT.key(platform).key(direction).key(name).text();
                parts.add(new Part(place, path));
            }
        }
    }
}
