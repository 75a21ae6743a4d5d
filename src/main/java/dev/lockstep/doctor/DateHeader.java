package dev.lockstep.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Asks a server for nothing, and reads the date of its answer, whatever that is (RFC 9110, 6.6.1). */
final class DateHeader implements RemoteTime {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @Override
    public Optional<Instant> at(URI server) {
        HttpRequest request = HttpRequest.newBuilder(server)
                .timeout(LIMIT)
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .firstValue("Date")
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (IOException | DateTimeException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
