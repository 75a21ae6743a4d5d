package dev.lockstep.store.dynamodb;

import dev.lockstep.local.world.LocalTables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/** Amazon's DynamoDB for developers in this process, started once for all tests. */
public final class DynamoLocal {
    public static final Duration RETENTION = Duration.ofDays(3);

    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private DynamoLocal() {}

    /** Where it listens. */
    public static URI url() {
        return Running.URL;
    }

    /** A client with patience: a test machine is busy. */
    public static DynamoDbClient client() {
        return Running.CLIENT;
    }

    /** A prefix under which all tables are there and empty. */
    public static String freshTables() {
        String prefix = "test-" + PREFIXES.incrementAndGet() + "-";
        LocalTables.createMissing(client(), prefix);
        return prefix;
    }

    /** A store that holds nothing; its timeline keeps for {@link #RETENTION}. */
    public static DynamoStore freshStore(InstantSource clock, StoreMeter meter) {
        return store(client(), freshTables(), clock, meter);
    }

    static DynamoStore store(DynamoDbClient client, String prefix, InstantSource clock, StoreMeter meter) {
        return new DynamoStore(client, prefix, RETENTION, clock, new SplittableRandom()::nextLong, meter);
    }

    static DynamoDbClientBuilder clientTo(URI url) {
        return DynamoDbClient.builder()
                .endpointOverride(url)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder());
    }

    /** Begins with the first test that asks for it and ends with the JVM. */
    private static final class Running {
        static final URI URL = URI.create("http://localhost:" + start());
        static final DynamoDbClient CLIENT =
                StoreClient.of(clientTo(URL), CallLimits.of("60s", "30s"), InstantSource.system());

        private static int start() {
            try {
                int port = freePort();
                DynamoDBProxyServer server = ServerRunner.createServerFromCommandLineArgs(
                        new String[] {"-inMemory", "-sharedDb", "-disableTelemetry", "-port", Integer.toString(port)});
                server.start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
                return port;
            } catch (Exception cannot) {
                throw new IllegalStateException("DynamoDB Local does not start", cannot);
            }
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }

        private static void stop(DynamoDBProxyServer server) {
            try {
                server.stop();
            } catch (Exception unstoppable) {
                System.getLogger(DynamoLocal.class.getName()).log(System.Logger.Level.DEBUG, "at the end", unstoppable);
            }
        }
    }
}
