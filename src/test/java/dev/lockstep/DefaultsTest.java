package dev.lockstep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.sync.SyncSettings;
import dev.lockstep.teams.TeamsSettings;
import dev.lockstep.teams.graph.GraphSettings;
import io.smallrye.config.ConfigValidationException;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DefaultsTest {
    @Test
    void areThoseOfTheProduct() {
        SyncSettings settings = Defaults.of(SyncSettings.class);

        assertThat(settings.lease()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.backoffLimit()).isEqualTo(Duration.ofSeconds(30));
        assertThat(Defaults.of(TeamsSettings.class).clientState()).isEmpty();
    }

    @Test
    void oneValueIsAnotherAndAllElseStays() {
        SyncSettings settings = Defaults.of(SyncSettings.class, Map.of("lockstep.sync.lease", "1ms"));

        assertThat(settings.lease()).isEqualTo(Duration.ofMillis(1));
        assertThat(settings.backoff()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whatReadsAnotherSettingFollowsIt() {
        assertThat(Defaults.of(GraphSettings.class, Map.of("lockstep.deadline", "5s"))
                        .timeout())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void severalValuesAreWrittenWithCommas() {
        assertThat(Defaults.of(TeamsSettings.class, Map.of("lockstep.teams.client-state", "new,old"))
                        .clientState())
                .contains(List.of("new", "old"));
    }

    @Test
    void aThreadThatKeptAnotherTestsLoaderReadsThemToo() throws Exception {
        Map<String, String> values = Map.of("lockstep.sync.lease", "2ms");
        AtomicReference<Duration> read = new AtomicReference<>();
        try (URLClassLoader another = new URLClassLoader(classPath(), null)) {
            Thread thread = new Thread(
                    () -> read.set(Defaults.of(SyncSettings.class, values).lease()));
            thread.setContextClassLoader(another);
            thread.start();
            thread.join();
        }

        assertThat(read).hasValue(Duration.ofMillis(2));
    }

    private static URL[] classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(DefaultsTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aNameThatDoesNotExistIsRefused() {
        assertThatExceptionOfType(ConfigValidationException.class)
                .isThrownBy(() -> Defaults.of(SyncSettings.class, Map.of("lockstep.sync.leese", "1ms")));
    }
}
