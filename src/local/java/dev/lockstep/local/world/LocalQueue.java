package dev.lockstep.local.world;

import java.net.URI;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** An SQS server with the retry queue on it. */
final class LocalQueue implements AutoCloseable {
    private final SQSRestServer server;

    private LocalQueue(SQSRestServer server) {
        this.server = server;
    }

    static LocalQueue start(int port) {
        int free = Ports.orFree(port);
        SQSRestServer server =
                SQSRestServerBuilder.withInterface("127.0.0.1").withPort(free).start();
        server.waitUntilStarted();
        URI endpoint = URI.create("http://localhost:" + free);
        try (SqsClient client = client(endpoint)) {
            String url = client.createQueue(queue -> queue.queueName("lockstep-retry")
                            .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "10")))
                    .queueUrl();
            System.setProperty("lockstep.queue.url", url);
            System.setProperty("lockstep.queue.endpoint-override", endpoint.toString());
        }
        return new LocalQueue(server);
    }

    static SqsClient client(URI endpoint) {
        return SqsClient.builder()
                .endpointOverride(endpoint)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @Override
    public void close() {
        server.stopAndWait();
    }
}
