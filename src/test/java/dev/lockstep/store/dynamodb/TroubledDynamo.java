package dev.lockstep.store.dynamodb;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands between a client and DynamoDB Local and makes trouble, in the order that was asked for. */
final class TroubledDynamo implements AutoCloseable {
    private final Queue<Trouble> troubles = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient onward = HttpClient.newHttpClient();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final HttpServer server;

    TroubledDynamo() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** What happens to one request. */
    interface Trouble {
        /** No answer, and no end. */
        Trouble HANG = (exchange, body, dynamo) -> dynamo.await();

        /** It is done, and its answer is lost. */
        Trouble LOSE_THE_ANSWER = (exchange, body, dynamo) -> {
            dynamo.forward(exchange, body);
            exchange.close();
        };

        Trouble THROTTLE = answer(
                400,
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException\","
                        + "\"message\":\"slow down\"}");

        Trouble BREAK = answer(500, "{\"__type\":\"com.amazon.coral.service#InternalServerError\"}");

        void happenTo(HttpExchange exchange, byte[] body, TroubledDynamo dynamo) throws IOException;

        static Trouble answer(int status, String text) {
            return (exchange, body, dynamo) -> send(exchange, status, text.getBytes());
        }

        /** Something else happens after it is done and before its answer is lost. */
        static Trouble loseTheAnswerAfter(Runnable meanwhile) {
            return (exchange, body, dynamo) -> {
                dynamo.forward(exchange, body);
                meanwhile.run();
                exchange.close();
            };
        }

        /** All of a batch is handed back: {@code RequestItems} becomes the named part of the answer. */
        static Trouble handBack(String as) {
            return (exchange, body, dynamo) -> {
                String request = new String(body);
                String items = request.substring(request.indexOf('{', 1), request.lastIndexOf('}'));
                send(exchange, 200, ("{\"Responses\":{},\"" + as + "\":" + items + "}").getBytes());
            };
        }
    }

    URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    void next(Trouble... inOrder) {
        troubles.addAll(List.of(inOrder));
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Trouble trouble = troubles.poll();
        if (trouble != null) {
            trouble.happenTo(exchange, body, this);
            return;
        }
        HttpResponse<byte[]> answer = forward(exchange, body);
        send(exchange, answer.statusCode(), answer.body());
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(DynamoLocal.url()).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (String header : new String[] {"X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date"}) {
            request.header(header, exchange.getRequestHeaders().getFirst(header));
        }
        try {
            return onward.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException ended) {
            throw new IOException(ended);
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void await() throws IOException {
        try {
            closing.await();
        } catch (InterruptedException ended) {
            throw new IOException(ended);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
        onward.shutdownNow();
    }
}
