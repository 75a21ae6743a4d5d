package dev.lockstep.local.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.OpenApiDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The laptop's gateway leads every call where AWS' does. */
class LocalRoutesTest {
    private static final Pattern ROUTE =
            Pattern.compile("(?m)^ +\"([A-Z]+) (/[^\"]*)\" += \\{ function = \"([a-z-]+)\", scopes = (\\S+)");

    /** On a laptop people can always sign in with a browser. */
    private static final Set<String> OPEN = Set.of("null", "local.board_scopes");

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH");

    @Test
    void everyPathLeadsWhereTheTerraformModuleLeadsIt() throws IOException {
        TreeMap<String, MatchResult> routes = new TreeMap<>();
        ROUTE.matcher(Files.readString(Path.of("terraform/api.tf")))
                .results()
                .forEach(route -> routes.put(route.group(1) + " " + route.group(2), route));
        List<String> paths = Stream.concat(
                        OpenApiDocument.SERVED.operations().stream().map(OpenApiDocument.Operation::example),
                        Stream.of("/", "/api", "/openapi.yaml", "/openapixjson", "/phone", "/phone/x/y", "/boards"))
                .distinct()
                .toList();

        for (String path : paths) {
            for (String method : METHODS) {
                Optional<MatchResult> there = Optional.ofNullable(routes.get(method + " " + path))
                        .or(() -> routes.values().stream()
                                .filter(route -> route.group(1).equals(method) && path.matches(pattern(route.group(2))))
                                .findFirst());
                Optional<LocalGateway.Route> here = LocalGateway.route(method, path);
                assertThat(here.map(LocalGateway.Route::function))
                        .as(method + " " + path)
                        .isEqualTo(there.map(route -> route.group(3)));
                assertThat(here.map(LocalGateway.Route::forHolders))
                        .as(method + " " + path)
                        .isEqualTo(there.map(route -> !OPEN.contains(route.group(4))));
            }
        }
    }

    private static String pattern(String path) {
        return path.replace(".", "\\.").replaceAll("\\{\\w+\\+}", ".+").replaceAll("\\{\\w+}", "[^/]+");
    }
}
