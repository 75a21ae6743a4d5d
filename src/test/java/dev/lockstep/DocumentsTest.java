package dev.lockstep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The documents say what the code is: classes that they name exist, links lead somewhere, tables are complete. Each
 * test gathers all that is wrong before it fails.
 */
class DocumentsTest {
    private static final Path ARCHITECTURE = Path.of("docs/architecture.md");
    private static final Path GLOSSARY = Path.of("docs/glossary.md");
    private static final Path DECISIONS = Path.of("docs/decisions");
    private static final Path IMAGES = Path.of("docs/images");

    private static final List<Path> PRODUCT = List.of(Path.of("src/main/java"), Path.of("src/local/java"));
    private static final List<Path> SOURCES =
            List.of(Path.of("src/main/java"), Path.of("src/local/java"), Path.of("src/test/java"));

    /** Built or fetched, and none of ours. */
    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".terraform", "node_modules");

    /** {@code Visit}, {@code Signal.Call}, {@code Identities.agentOf}; all capitals are no class. */
    private static final Pattern NAMED_TYPE = Pattern.compile("`([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)((?:\\.\\w+)*)`");

    /** What pages quote that is no class of ours: of Java, of platforms and libraries, endings, conditions, metrics. */
    private static final Set<String> FOREIGN = Set.of(
            "Authorization",
            "Configuration.Manage",
            "CorrelationId",
            "CredentialDaysLeft",
            "Decisions",
            "Descriptor",
            "Duration",
            "HeldByPerson",
            "IntakeOutcomes",
            "JsonFormatTest",
            "Lockstep",
            "LoopSuspected",
            "NotSignedIn",
            "Optional",
            "Outcome",
            "Pending",
            "PermissionMissing",
            "PlatformLatency",
            "PlatformThrottled",
            "Poll",
            "Presence.Read",
            "Presence.Read.All",
            "Presence.ReadWrite.All",
            "Presence.Supervise",
            "Presence.Write",
            "RequestHandler",
            "RequestId",
            "Settings",
            "StoreWrites",
            "Throttled",
            "Unconfirmed",
            "Webhook");

    private static final Pattern JAVADOC_LINK = Pattern.compile("\\{@link ([\\w.]+)[^}]*}");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern PICTURE = Pattern.compile("(?:src|srcset)=\"([^\"]+)\"");
    private static final Pattern PICTURED = Pattern.compile("isPictured\\(page, \"([^\"]+)\"");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
    private static final Pattern OWN_ANCHOR = Pattern.compile("<a id=\"([^\"]+)\"");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern CITED_PAGE = Pattern.compile("\\bdocs/[\\w/-]+\\.md(#[\\w-]+)?");
    private static final Pattern ROOM = Pattern.compile("(?m)^\\| `(\\w+)` \\| .+ \\| (.+) \\|$");
    private static final Pattern DOWN_TO = Pattern.compile("every room down to `(\\w+)`");
    private static final Pattern WORD = Pattern.compile("(?m)^\\| ([^|]+) \\| [^|]+ \\| [^|]+ \\|$");
    private static final Pattern QUOTED = Pattern.compile("`(\\w+)`");

    @Test
    void everyClassThatThePagesNameExists() throws IOException {
        Map<String, String> sources = sourcesByType();
        List<String> missing = new ArrayList<>();
        for (Path page : pages()) {
            NAMED_TYPE
                    .matcher(prose(page))
                    .results()
                    .filter(name -> !FOREIGN.contains(name.group(1) + name.group(2)))
                    .filter(name -> !exists(name, sources))
                    .map(name -> page + ": " + name.group())
                    .forEach(missing::add);
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyClassThatAPackageNamesExists() throws IOException {
        Map<String, String> sources = sourcesByType();
        List<String> missing = new ArrayList<>();
        for (Path page : files(PRODUCT, "package-info.java")) {
            JAVADOC_LINK
                    .matcher(Files.readString(page))
                    .results()
                    .map(link -> link.group(1))
                    .filter(name -> !sources.containsKey(name.substring(name.lastIndexOf('.') + 1)))
                    .map(name -> page + ": " + name)
                    .forEach(missing::add);
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyRelativeLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            LINK.matcher(prose(page))
                    .results()
                    .map(link -> link.group(1))
                    .filter(link -> !link.matches("[a-z]+:.*"))
                    .filter(link -> !leadsSomewhere(page, link))
                    .map(link -> page + ": " + link)
                    .forEach(broken::add);
        }
        assertThat(broken).isEmpty();
    }

    /** No picture is missing, none is left over, and each is one that the tests of the pages make. */
    @Test
    void thePicturesThatPagesShowAreThoseThatAreMade() throws IOException {
        Set<String> shown = new TreeSet<>();
        for (Path page : pages()) {
            PICTURE.matcher(prose(page))
                    .results()
                    .map(picture -> Path.of("").toAbsolutePath().relativize(target(page, picture.group(1))))
                    .map(Path::toString)
                    .forEach(shown::add);
        }
        Set<String> made = new TreeSet<>();
        for (Path test : files(List.of(Path.of("src/test/browser")), ".test.js")) {
            PICTURED.matcher(text(test))
                    .results()
                    .forEach(picture -> Stream.of("light", "dark", "phone")
                            .map(kind -> IMAGES.resolve(picture.group(1) + "-" + kind + ".png"))
                            .map(Path::toString)
                            .forEach(made::add));
        }

        assertThat(files(List.of(IMAGES), "").stream()
                        .filter(Files::isRegularFile)
                        .map(Path::toString))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(shown)
                .containsExactlyInAnyOrderElementsOf(made);
    }

    /** A reader of the code has the repository and nothing else. */
    @Test
    void everyPageThatTheCodeCitesIsThere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path source : files(SOURCES, ".java")) {
            CITED_PAGE
                    .matcher(Files.readString(source))
                    .results()
                    .map(MatchResult::group)
                    .filter(page -> !leadsSomewhere(Path.of("README.md"), page))
                    .map(page -> source + ": " + page)
                    .forEach(broken::add);
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyPackageSaysWhatHappensInIt() throws IOException {
        Set<Path> silent = files(PRODUCT, ".java").stream().map(Path::getParent).collect(Collectors.toSet());
        silent.removeIf(room -> Files.exists(room.resolve("package-info.java")));

        assertThat(silent).isEmpty();
    }

    @Test
    void theTableOfRoomsIsTheOneThatIsEnforced() throws IOException {
        Map<String, Set<String>> told = new HashMap<>();
        Set<String> above = new LinkedHashSet<>();
        ROOM.matcher(section(Files.readString(ARCHITECTURE), "Rooms")).results().forEach(row -> {
            told.put(row.group(1), mayUse(row.group(2), above));
            above.add(row.group(1));
        });

        assertThat(told).isEqualTo(ArchitectureTest.MAY_USE);
    }

    @Test
    void theGlossaryIsInOrder() throws IOException {
        List<String> words = WORD.matcher(Files.readString(GLOSSARY))
                .results()
                .map(row -> row.group(1).replace("*", "").toLowerCase(Locale.ROOT))
                .skip(2)
                .toList();

        assertThat(words).hasSizeGreaterThan(50).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void everyDecisionIsInTheIndexWithItsTitle() throws IOException {
        List<String> indexed = Pattern.compile("(?m)^\\| (\\d+) \\| \\[(.+)\\]\\((\\d{4})-[\\w-]+\\.md\\) \\|$")
                .matcher(Files.readString(DECISIONS.resolve("README.md")))
                .results()
                .map(row -> row.group(3) + " # " + row.group(1) + ". " + row.group(2))
                .toList();
        List<String> pages = new ArrayList<>();
        for (Path page : files(List.of(DECISIONS), ".md")) {
            if (!page.endsWith("README.md")) {
                pages.add(page.getFileName().toString().substring(0, 4) + " "
                        + Files.readString(page).lines().findFirst().orElse(""));
            }
        }
        pages.sort(Comparator.naturalOrder());

        assertThat(indexed).isEqualTo(pages);
    }

    private static Set<String> mayUse(String told, Set<String> above) {
        Optional<MatchResult> downTo = DOWN_TO.matcher(told).results().findFirst();
        if (downTo.isEmpty()) {
            return QUOTED.matcher(told).results().map(name -> name.group(1)).collect(Collectors.toSet());
        }
        Set<String> rooms = new LinkedHashSet<>();
        for (String room : above) {
            rooms.add(room);
            if (room.equals(downTo.get().group(1))) {
                break;
            }
        }
        return rooms;
    }

    /** By the simple name of the top-level type, which is unique. */
    private static Map<String, String> sourcesByType() throws IOException {
        return files(SOURCES, ".java").stream()
                .filter(file -> !file.endsWith("package-info.java"))
                .collect(Collectors.toMap(
                        file -> file.getFileName().toString().replace(".java", ""), DocumentsTest::text));
    }

    /** A type, and what of it is named: a type within, a method or a constant. */
    private static boolean exists(MatchResult name, Map<String, String> sources) {
        String source = sources.get(name.group(1));
        return source != null
                && Stream.of(name.group(2).split("\\."))
                        .filter(part -> !part.isEmpty())
                        .allMatch(part -> Pattern.compile("\\b" + part + "\\b")
                                .matcher(source)
                                .find());
    }

    private static boolean leadsSomewhere(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : target(page, parts[0]);
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    private static Path target(Path page, String link) {
        return page.toAbsolutePath().getParent().resolve(link).normalize();
    }

    /** As GitHub makes them of headings, and those that a page sets itself. */
    private static Set<String> anchors(Path page) {
        if (!page.toString().endsWith(".md")) {
            return Set.of();
        }
        String text = prose(page);
        Map<String, Integer> seen = new HashMap<>();
        Function<String, String> numbered = slug -> {
            int before = seen.merge(slug, 1, Integer::sum) - 1;
            return before == 0 ? slug : slug + "-" + before;
        };
        Stream<String> headings = HEADING.matcher(text)
                .results()
                .map(heading -> heading.group(1)
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .map(numbered);
        Stream<String> own = OWN_ANCHOR.matcher(text).results().map(anchor -> anchor.group(1));
        return Stream.concat(headings, own).collect(Collectors.toSet());
    }

    private static String section(String text, String heading) {
        int start = text.indexOf("\n## " + heading + "\n");
        assertThat(start).as("the section " + heading).isNotNegative();
        int end = text.indexOf("\n## ", start + 1);
        return text.substring(start, end < 0 ? text.length() : end);
    }

    /** A page without its examples. */
    private static String prose(Path page) {
        return FENCED.matcher(text(page)).replaceAll("");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of(""))) {
            return all.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> Stream.iterate(file, Path::getParent)
                            .takeWhile(part -> part != null)
                            .noneMatch(
                                    part -> NOT_OURS.contains(part.getFileName().toString())))
                    .toList();
        }
    }

    private static List<Path> files(List<Path> roots, String ending) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path root : roots) {
            try (Stream<Path> all = Files.walk(root)) {
                all.filter(file -> file.toString().endsWith(ending)).forEach(found::add);
            }
        }
        return found;
    }
}
