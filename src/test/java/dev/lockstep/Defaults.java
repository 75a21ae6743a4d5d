package dev.lockstep;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Settings as the product has them where nobody configures anything, so that a test holds the numbers that are shipped.
 * What is read once is kept: a simulation asks thousands of times. The loader is named, because a thread of a shared pool
 * keeps the loader of the test that first used it, where the converters are other classes.
 */
public final class Defaults {
    private static final Map<Given, Object> READ = new ConcurrentHashMap<>();

    private record Given(Class<?> settings, Map<String, String> values) {}

    private Defaults() {}

    /** @param settings an interface with {@link ConfigMapping} */
    public static <T> T of(Class<T> settings) {
        return of(settings, Map.of());
    }

    /**
     * @param values what is configured, by the setting's full name; blank for something optional that is missing. A name
     *     that the interface does not know under its prefix is refused.
     */
    public static <T> T of(Class<T> settings, Map<String, String> values) {
        return settings.cast(READ.computeIfAbsent(new Given(settings, Map.copyOf(values)), Defaults::read));
    }

    private static Object read(Given given) {
        return new SmallRyeConfigBuilder()
                .forClassLoader(Defaults.class.getClassLoader())
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(given.values(), "test", 100))
                .withMapping(given.settings())
                .build()
                .getConfigMapping(given.settings());
    }
}
