package dev.lockstep.protocol.entra;

import com.microsoft.aad.msal4j.HttpMethod;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * msal4j's requests over the JDK's client: msal4j's own one waits for ever unless it is told not to, and the JDK's
 * trusts what {@code javax.net.ssl.trustStore} names.
 */
final class EntraHttp implements IHttpClient {
    private final HttpClient http;
    private final Duration timeout;

    EntraHttp(HttpClient http, Duration timeout) {
        this.http = http;
        this.timeout = timeout;
    }

    /** A redirect is not followed: the request carries the client secret. */
    static HttpClient client(Duration connectTimeout) {
        return HttpClient.newBuilder()
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public IHttpResponse send(com.microsoft.aad.msal4j.HttpRequest request) throws Exception {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(request.url().toURI()).timeout(timeout);
        request.headers().forEach(builder::header);
        builder.method(
                request.httpMethod().name(),
                request.httpMethod() == HttpMethod.GET || request.body() == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(request.body()));
        return new Answer(whole(builder.build()));
    }

    /** The client's own limit ends with the headers; ours holds for the body too. */
    private HttpResponse<String> whole(HttpRequest request) throws Exception {
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("no whole answer within " + timeout);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    private record Answer(HttpResponse<String> answer) implements IHttpResponse {
        @Override
        public int statusCode() {
            return answer.statusCode();
        }

        @Override
        public Map<String, List<String>> headers() {
            return answer.headers().map();
        }

        @Override
        public String body() {
            return answer.body();
        }
    }
}
