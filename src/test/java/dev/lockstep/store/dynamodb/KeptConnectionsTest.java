package dev.lockstep.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lockstep.concurrent.SettableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A connection is used again while it can be relied on, and no longer. */
class KeptConnectionsTest {
    private static final byte[] NOTHING = "{}".getBytes();

    private final SettableClock clock = new SettableClock();
    private final List<InetSocketAddress> callers = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private DynamoDbClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        URI url = URI.create("http://localhost:" + server.getAddress().getPort());
        client = StoreClient.of(DynamoLocal.clientTo(url), CallLimits.of("20s", "10s"), clock);
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        callers.add(exchange.getRemoteAddress());
        exchange.sendResponseHeaders(200, NOTHING.length);
        exchange.getResponseBody().write(NOTHING);
        exchange.close();
    }

    private void write() {
        client.putItem(put -> put.tableName("agents").item(Map.of("agentId", AttributeValue.fromS("rita"))));
    }

    @Test
    void oneIsUsedAgainForTheNextCall() {
        write();
        clock.advance(Duration.ofSeconds(4));
        write();
        clock.advance(Duration.ofSeconds(4));
        write();

        assertThat(callers).hasSize(3);
        assertThat(callers.stream().distinct()).hasSize(1);
    }

    @Test
    void afterAFreezeNoWriteIsTriedOverOneThatMayBeDead() {
        write();
        clock.advance(Duration.ofMinutes(3));
        write();

        assertThat(callers).hasSize(2).doesNotHaveDuplicates();
    }
}
