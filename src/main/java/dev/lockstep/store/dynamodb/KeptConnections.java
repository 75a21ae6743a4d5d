package dev.lockstep.store.dynamodb;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Calls of the store over the JDK's client, whose connections are watched while they are kept. What comes with the SDK
 * for {@code HttpURLConnection} tries each kept one by a read of a millisecond before it is used.
 *
 * <p>Nothing is watched while a function is frozen: then all connections that were kept are given up.
 */
final class KeptConnections implements SdkHttpClient {
    /** What the client writes by itself, and refuses to be told. */
    private static final Set<String> ITS_OWN = Set.of("host", "content-length", "connection", "expect", "upgrade");

    private final Duration connectTimeout;
    private final Duration idleLimit;
    private final InstantSource clock;
    private HttpClient client;
    private Instant lastAsked;

    /** @param idleLimit how long after the last call the connections are used again */
    KeptConnections(Duration connectTimeout, Duration idleLimit, InstantSource clock) {
        this.connectTimeout = connectTimeout;
        this.idleLimit = idleLimit;
        this.clock = clock;
        this.client = fresh();
        this.lastAsked = clock.instant();
    }

    private HttpClient fresh() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .build();
    }

    private synchronized HttpClient client() {
        Instant now = clock.instant();
        if (now.isAfter(lastAsked.plus(idleLimit))) {
            client.shutdown();
            client = fresh();
        }
        lastAsked = now;
        return client;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new Call(request);
    }

    @Override
    public synchronized void close() {
        client.shutdownNow();
    }

    @Override
    public String clientName() {
        return "Jdk";
    }

    /** One attempt. The SDK gives it up in its own time, by {@link #abort} or by an interrupt. */
    private final class Call implements ExecutableHttpRequest {
        private final HttpExecuteRequest request;
        private volatile CompletableFuture<HttpResponse<byte[]>> answer = new CompletableFuture<>();

        Call(HttpExecuteRequest request) {
            this.request = request;
        }

        @Override
        public HttpExecuteResponse call() throws IOException {
            HttpRequest asked = translated();
            if (answer.isCancelled()) {
                throw new IOException("given up");
            }
            answer = client().sendAsync(asked, HttpResponse.BodyHandlers.ofByteArray());
            try {
                return translated(answer.get());
            } catch (InterruptedException e) {
                answer.cancel(true);
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("given up");
            } catch (CancellationException e) {
                throw new IOException("given up", e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
            }
        }

        @Override
        public void abort() {
            answer.cancel(true);
        }

        private HttpRequest translated() throws IOException {
            SdkHttpRequest http = request.httpRequest();
            HttpRequest.Builder next = HttpRequest.newBuilder(http.getUri())
                    .method(http.method().name(), HttpRequest.BodyPublishers.ofByteArray(body()));
            http.forEachHeader((name, values) -> {
                if (!ITS_OWN.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> next.header(name, value));
                }
            });
            return next.build();
        }

        private byte[] body() throws IOException {
            Optional<ContentStreamProvider> content = request.contentStreamProvider();
            if (content.isEmpty()) {
                return new byte[0];
            }
            try (InputStream stream = content.get().newStream()) {
                return stream.readAllBytes();
            }
        }

        private static HttpExecuteResponse translated(HttpResponse<byte[]> told) {
            return HttpExecuteResponse.builder()
                    .response(SdkHttpResponse.builder()
                            .statusCode(told.statusCode())
                            .headers(told.headers().map())
                            .build())
                    .responseBody(AbortableInputStream.create(new ByteArrayInputStream(told.body())))
                    .build();
        }
    }
}
