package dev.lockstep;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
    private static final Pattern PROPERTY = Pattern.compile(
            "@ConfigProperty\\(\\s*name = \"(lockstep\\.[a-z.-]+)\"(?:,\\s*defaultValue = \"([^\"]*)\")?\\)");

    @Test
    void everySettingIsDocumentedWithItsDefaultAndNoOther() throws IOException {
        SortedMap<String, String> real = mapped();
        real.putAll(injected());

        assertThat(found(ROW, Files.readString(Path.of("docs/configuration.md"))))
                .isEqualTo(real);
    }

    private static SortedMap<String, String> mapped() {
        SortedMap<String, String> settings = new TreeMap<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages(ArchitectureTest.ROOT)) {
            if (type.isAnnotatedWith(ConfigMapping.class)) {
                Class<?> mapping = type.reflect();
                String prefix = mapping.getAnnotation(ConfigMapping.class).prefix();
                Stream.of(mapping.getDeclaredMethods())
                        .filter(method -> !method.isSynthetic())
                        .forEach(method -> settings.put(prefix + "." + name(method), usual(method)));
            }
        }
        assertThat(settings).containsKeys("lockstep.teams.service-users", "lockstep.sync.lease");
        return settings;
    }

    private static String name(Method method) {
        return Optional.ofNullable(method.getAnnotation(WithName.class))
                .map(WithName::value)
                .orElseGet(() -> method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
    }

    private static String usual(Method method) {
        return Optional.ofNullable(method.getAnnotation(WithDefault.class))
                .map(WithDefault::value)
                .orElse("");
    }

    private static SortedMap<String, String> injected() throws IOException {
        SortedMap<String, String> settings = new TreeMap<>();
        for (Path root : List.of(Path.of("src/main/java"), Path.of("src/local/java"))) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    settings.putAll(found(PROPERTY, Files.readString(file)));
                }
            }
        }
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
