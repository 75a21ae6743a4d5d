package dev.lockstep.administration;

import dev.lockstep.concurrent.Lazy;
import dev.lockstep.configured.ConfigSettings;
import dev.lockstep.configured.ConnectionSystem;
import dev.lockstep.configured.Secrets;
import dev.lockstep.configured.SecretsManagerVault;
import dev.lockstep.configured.StoredConnections;
import dev.lockstep.configured.StoredMappings;
import dev.lockstep.configured.StoredSecrets;
import dev.lockstep.mapping.MappingSchema;
import dev.lockstep.platform.PlatformCatalogue;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.Documents;
import dev.lockstep.store.Identities;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;

/** Gives everybody what is configured. */
@Singleton
public final class AdministrationBeans {
    @Produces
    @Singleton
    StoredMappings storedMappings(MappingSchema schema, Documents documents, InstantSource clock) {
        return new StoredMappings(schema, documents, clock);
    }

    @Produces
    @Singleton
    StoredConnections storedConnections(Documents documents, InstantSource clock) {
        return new StoredConnections(documents, clock);
    }

    @Produces
    @Singleton
    SecretsManagerVault vault(ConfigSettings settings) {
        return new SecretsManagerVault(new Lazy<>(() -> builder(settings).build()));
    }

    @Produces
    @Singleton
    Secrets secrets(SecretsManagerVault vault, ConfigSettings settings, InstantSource clock, RandomGenerator random) {
        return new StoredSecrets(vault, settings.inlineSecrets(), clock, random);
    }

    @Produces
    @Singleton
    Lines lines(Documents documents, AgentStore agents, Identities identities, InstantSource clock) {
        return new Lines(documents, agents, identities, clock);
    }

    @Produces
    @Singleton
    Configuration configuration(
            Documents documents,
            Identities identities,
            AgentStore agents,
            PlatformCatalogue platforms,
            @All List<ConnectionSystem> systems,
            ConfigSettings settings,
            InstantSource clock) {
        return new Configuration(documents, identities, agents, platforms, systems, settings.inlineSecrets(), clock);
    }

    public static SecretsManagerClientBuilder builder(ConfigSettings settings) {
        SecretsManagerClientBuilder builder = SecretsManagerClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(settings.secretsTimeout())
                        .socketTimeout(settings.secretsTimeout()))
                .overrideConfiguration(calls -> calls.apiCallTimeout(settings.secretsTimeout())
                        .apiCallAttemptTimeout(settings.secretsTimeout()));
        settings.secretsEndpoint().ifPresent(builder::endpointOverride);
        return builder;
    }
}
