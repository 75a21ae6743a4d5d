package dev.lockstep;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.lockstep.local.LaunchOnlySettings;
import dev.lockstep.settings.LockstepSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/configuration.md names every setting with its default, and no other. */
class SettingsDocumentTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(lockstep\\.[a-z.-]+)` \\| (?:`([^`]*)` )?\\| \\S");
    /** What others read from the same sources; no administrator sets it. */
    private static final Class<?> UNDOCUMENTED = LaunchOnlySettings.class;

    @Test
    void everySettingIsDocumentedWithItsDefaultAndNoOther() throws IOException {
        SortedMap<String, String> real = new TreeMap<>();
        mappings(new DoNotIncludeTests(), "").forEach(mapping -> real.putAll(settings(mapping)));
        assertThat(real).containsKeys("lockstep.teams.service-users", "lockstep.sync.lease");
        mappings(location -> true, ".local").stream()
                .filter(mapping -> mapping != UNDOCUMENTED)
                .forEach(mapping -> real.putAll(settings(mapping)));

        assertThat(found(ROW, Files.readString(Path.of("docs/configuration.md"))))
                .isEqualTo(real);
    }

    /** Else the start would take its settings for unknown. */
    @Test
    void everyMappingIsKnownAtTheStart() {
        assertThat(mappings(location -> true, ""))
                .isNotEmpty()
                .allSatisfy(mapping -> assertThat(mapping).isAssignableTo(LockstepSettings.class))
                .allSatisfy(mapping -> assertThat(mapping.getSimpleName()).endsWith("Settings"));
    }

    @Test
    void everyPrefixIsMappedOnce() {
        assertThat(mappings(new DoNotIncludeTests(), "").stream()
                        .map(mapping ->
                                mapping.getAnnotation(ConfigMapping.class).prefix())
                        .toList())
                .doesNotHaveDuplicates()
                .allSatisfy(prefix -> assertThat(prefix).matches("lockstep(\\.[a-z-]+)?"));
    }

    @Test
    void noSettingStandsAlone() throws IOException {
        for (Path root : List.of(Path.of("src/main/java"), Path.of("src/local/java"))) {
            try (Stream<Path> files = Files.walk(root)) {
                assertThat(files.filter(path -> path.toString().endsWith(".java")))
                        .isNotEmpty()
                        .allSatisfy(path -> assertThat(Files.readString(path))
                                .doesNotContainPattern("@ConfigProperty\\(\\s*name = (?!\"(quarkus|aws)\\.)"));
            }
        }
    }

    private static List<? extends Class<?>> mappings(ImportOption option, String below) {
        return new ClassFileImporter()
                .withImportOption(option).importPackages(ArchitectureTest.ROOT + below).stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .map(JavaClass::reflect)
                        .toList();
    }

    /** Names with their defaults; of what takes several values once. */
    private static Map<String, String> settings(Class<?> mapping) {
        Map<String, String> settings = new TreeMap<>();
        ConfigClass.configClass(mapping)
                .getProperties()
                .forEach((name, usual) -> settings.merge(
                        name.replace("[*]", ""), Objects.requireNonNullElse(usual, ""), (one, other) -> one));
        return settings;
    }

    private static SortedMap<String, String> found(Pattern pattern, String text) {
        SortedMap<String, String> found = new TreeMap<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.put(matcher.group(1), Optional.ofNullable(matcher.group(2)).orElse(""));
        }
        return found;
    }
}
