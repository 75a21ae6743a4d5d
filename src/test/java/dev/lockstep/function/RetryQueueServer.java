package dev.lockstep.function;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** An SQS server with the retry queue on it, and what Lambda's event source makes of its messages. */
final class RetryQueueServer implements AutoCloseable {
    private static final int BATCH = 10;

    private final ObjectMapper json = new ObjectMapper();
    private final SQSRestServer server;
    private final URI endpoint;
    private final SqsClient client;
    private final String url;

    RetryQueueServer() {
        int port = freePort();
        server = SQSRestServerBuilder.withInterface("127.0.0.1").withPort(port).start();
        server.waitUntilStarted();
        endpoint = URI.create("http://localhost:" + port);
        client = SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        url = client.createQueue(queue -> queue.queueName("lockstep-retry")).queueUrl();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Map<String, String> environment() {
        return Map.of("LOCKSTEP_QUEUE_URL", url, "LOCKSTEP_QUEUE_ENDPOINT_OVERRIDE", endpoint.toString());
    }

    /** The event for the messages that are due now, which are gone from the queue by it; empty if there are none. */
    Optional<String> event() {
        List<Message> messages = client.receiveMessage(
                        receive -> receive.queueUrl(url).maxNumberOfMessages(BATCH))
                .messages();
        if (messages.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode event = json.createObjectNode();
        ArrayNode records = event.putArray("Records");
        for (Message message : messages) {
            records.addObject()
                    .put("messageId", message.messageId())
                    .put("receiptHandle", message.receiptHandle())
                    .put("body", message.body())
                    .put("eventSource", "aws:sqs");
            client.deleteMessage(done -> done.queueUrl(url).receiptHandle(message.receiptHandle()));
        }
        return Optional.of(event.toString());
    }

    @Override
    public void close() {
        client.close();
        server.stopAndWait();
    }
}
