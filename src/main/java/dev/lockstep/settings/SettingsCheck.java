package dev.lockstep.settings;

import io.quarkus.arc.All;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.SmallRyeConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Refuses to start with a setting that nobody knows: a mistyped one would be ignored, and its default taken for it. */
@Singleton
final class SettingsCheck {
    private static final Logger LOG = Logger.getLogger(SettingsCheck.class);

    private final List<InstanceHandle<LockstepSettings>> mappings;
    private final SmallRyeConfig config;

    @Inject
    SettingsCheck(@All List<InstanceHandle<LockstepSettings>> mappings, SmallRyeConfig config) {
        this.mappings = mappings;
        this.config = config;
    }

    /** Before anybody else acts at the start. */
    void before(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent first) {
        List<String> names = mappings.stream()
                .map(mapping -> ConfigClass.configClass(mapping.getBean().getBeanClass()))
                .flatMap(mapping -> mapping.getProperties().keySet().stream())
                .toList();
        List<String> unknown = new UnknownSettings(names).in(config);
        if (!unknown.isEmpty()) {
            String refusal = unknown.stream()
                    .collect(Collectors.joining("; ", "unknown settings: ", ". docs/configuration.md names them all"));
            // Lambda's poll loop may report that the start was interrupted before it is told why.
            LOG.error(refusal);
            throw new ConfigurationException(refusal);
        }
    }
}
