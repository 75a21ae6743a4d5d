package dev.lockstep.local.world;

import dev.lockstep.function.GatewaySettings;
import dev.lockstep.local.LocalSettings;
import dev.lockstep.settings.InstallationSettings;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Opens the world once the functions are there: tables, port, timers, and the journey. */
@ApplicationScoped
class LocalStartup {
    @Inject
    DynamoDbClient dynamo;

    @Inject
    LocalGateway front;

    @Inject
    Timers timers;

    @Inject
    LocalFunctions functions;

    @Inject
    StoreCounter counter;

    @Inject
    InstallationSettings installation;

    @Inject
    LocalSettings settings;

    @Inject
    GatewaySettings gateway;

    void open(@Observes StartupEvent start) {
        LocalWorld world = LocalWorld.current();
        if (world == null) {
            return;
        }
        LocalTables.createMissing(dynamo, installation.tablePrefix());
        Optional<SimulatedPlatforms> platforms = world.platforms();
        front.start(settings.http().port(), authorizer(platforms));
        platforms.ifPresent(simulated -> simulated.registerWebhook(front.url()));
        timers.start();
        System.out.println(
                "Lockstep answers at " + front.url() + ", functions: " + String.join(", ", functions.names()));
        platforms.ifPresent(
                simulated -> Thread.ofPlatform().name("journey").daemon().start(() -> play(simulated)));
    }

    /** Tokens of a real tenant are for a real gateway. */
    private Optional<TokenAuthorizer> authorizer(Optional<SimulatedPlatforms> platforms) {
        if (gateway.authorization() == GatewaySettings.Authorization.NONE) {
            return Optional.empty();
        }
        return Optional.of(platforms
                .map(simulated -> simulated.tenant().authorizer())
                .orElseThrow(() -> new IllegalStateException("lockstep.gateway.authorization=required needs the"
                        + " simulated Entra: leave out lockstep.entra.authority, or set it to none")));
    }

    void close(@Observes ShutdownEvent stop) {
        timers.stop();
        front.stop();
    }

    private void play(SimulatedPlatforms platforms) {
        Journey story = new Journey(platforms, front.url());
        String journey = settings.journey();
        boolean benchmark = journey.equals("benchmark");
        boolean held = story.prepare()
                && switch (journey) {
                    case "off" -> true;
                    case "benchmark" -> new Benchmark(platforms, front.url(), Journey.TOKEN, counter).run();
                    default -> story.play();
                };
        if (benchmark || journey.equals("once")) {
            Quarkus.asyncExit(held ? 0 : 1);
        } else {
            story.invite();
        }
    }
}
