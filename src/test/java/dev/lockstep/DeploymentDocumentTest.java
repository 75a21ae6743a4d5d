package dev.lockstep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Functions, routes and rights are the same in the code, in the Terraform module and in docs/security.md, both ways. */
class DeploymentDocumentTest {
    private static final Path FUNCTIONS = Path.of("src/main/java/dev/lockstep/function");
    private static final Pattern FUNCTION = Pattern.compile("@Funq\\(\"?([\\w.-]+)\"?\\)");
    private static final Pattern DEPLOYED = Pattern.compile("(?m)^    ([a-z][a-z-]+) = \\{$");
    private static final Pattern ROUTED =
            Pattern.compile("(?m)^ +\"([A-Z]+) (/[^\"]*)\" += \\{ function = \"([a-z-]+)\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (.+?) \\|");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern GRAPH_RIGHT = Pattern.compile("\\bPresence\\.\\w+\\.All\\b");

    private static String text(String file) {
        return text(Path.of(file));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start);
        assertThat(from).as(start).isNotNegative();
        return text.substring(from, text.indexOf(end, from + start.length()));
    }

    private static Set<String> names(Stream<MatchResult> found) {
        return found.map(name -> name.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> functions() throws IOException {
        try (Stream<Path> files = Files.list(FUNCTIONS)) {
            return files.map(DeploymentDocumentTest::text)
                    .flatMap(source -> FUNCTION.matcher(source).results().map(function -> name(function, source)))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** A name that is used twice is a constant. */
    private static String name(MatchResult function, String source) {
        return Pattern.compile("String " + Pattern.quote(function.group(1)) + " = \"([^\"]+)\"")
                .matcher(source)
                .results()
                .map(constant -> constant.group(1))
                .findFirst()
                .orElse(function.group(1));
    }

    private static Set<String> routed() {
        return ROUTED.matcher(text("terraform/api.tf"))
                .results()
                .map(route -> route.group(3))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyFunctionIsDeployedAndNothingElse() throws IOException {
        String deployed = between(text("terraform/functions.tf"), "  functions = {", "\n  }\n");

        assertThat(names(DEPLOYED.matcher(deployed).results())).isEqualTo(functions());
    }

    @Test
    void theReadmeNamesEveryFunctionAndNothingElse() throws IOException {
        Set<String> told = ROW.matcher(between(text("README.md"), "| function | trigger | does |", "\n\n## Routes"))
                .results()
                .flatMap(row -> CODE.matcher(row.group(1)).results().map(name -> name.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(told).isEqualTo(functions());
    }

    @Test
    void everyFunctionWithoutARouteIsDocumentedAndNothingElse() throws IOException {
        Set<String> told = ROW.matcher(between(text("docs/security.md"), "Functions without a route:", "\n\nOther"))
                .results()
                .flatMap(row -> CODE.matcher(row.group(1)).results().map(name -> name.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> without = new TreeSet<>(functions());
        without.removeAll(routed());

        assertThat(functions()).containsAll(routed());
        assertThat(told).isEqualTo(without);
    }

    /** {@code `GET`, `PUT`, `DELETE /api/…`} are three. */
    @Test
    void everyRouteIsDocumentedAndNothingElse() {
        Set<String> told = new TreeSet<>();
        ROW.matcher(between(text("docs/security.md"), "| route | who calls", "Functions without a route:"))
                .results()
                .map(row -> row.group(1))
                .filter(row -> row.contains("`"))
                .forEach(row -> told.addAll(routes(row)));
        Set<String> routes = ROUTED.matcher(text("terraform/api.tf"))
                .results()
                .map(route -> route.group(1) + " " + route.group(2).replace("{proxy+}", "…"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(told).isEqualTo(routes);
    }

    private static Set<String> routes(String row) {
        String path = "";
        Set<String> routes = new TreeSet<>();
        for (String route :
                CODE.matcher(row).results().map(code -> code.group(1)).toList().reversed()) {
            if (!route.matches("[A-Z]+( /.*)?")) {
                continue;
            }
            path = route.contains(" ") ? route.substring(route.indexOf(' ')).replaceAll("\\?.*", "") : path;
            routes.add(route.split(" ")[0] + path);
        }
        return routes;
    }

    @Test
    void everyRightInGraphIsDocumentedAndNothingElse() throws IOException {
        Set<String> asked = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/dev/lockstep"))) {
            sources.filter(source -> source.toString().endsWith(".java"))
                    .flatMap(source -> GRAPH_RIGHT.matcher(text(source)).results())
                    .forEach(right -> asked.add(right.group()));
        }
        Set<String> told = GRAPH_RIGHT
                .matcher(between(text("docs/security.md"), "## Rights that Lockstep needs", "\n## "))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(told).isEqualTo(asked).isNotEmpty();
    }
}
