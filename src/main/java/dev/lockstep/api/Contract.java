package dev.lockstep.api;

import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.signature.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What integrators' programs read: every route, as OpenAPI ({@code GET /openapi.json}), and every event in and out, as
 * AsyncAPI ({@code GET /asyncapi.json}). They are the same texts at every installation and hold no secret, so that nobody
 * is asked for a token; the store is not asked either.
 */
final class Contract {
    /** An installation changes it only when it is updated. */
    private static final String KEPT = "public, max-age=300";

    private static final String JSON = "application/json";

    /** By the one part of its path. */
    private static final List<String> NAMES = List.of("openapi.json", "asyncapi.json");

    private final Map<String, Document> read = new ConcurrentHashMap<>();

    private record Document(String text, String tag) {
        static Document read(String name) {
            try (InputStream file = Contract.class.getResourceAsStream(name)) {
                String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
                return new Document(text, '"' + Digest.hex(text, 16) + '"');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Empty if the path is another one. */
    Optional<HttpAnswer> answer(List<String> path, HttpCall call) {
        if (path.size() != 1 || !NAMES.contains(path.getFirst())) {
            return Optional.empty();
        }
        if (!call.method().equals("GET")) {
            throw RejectedRequest.onlyWith("GET");
        }
        call.allowParameters(List.of());
        Document document = read.computeIfAbsent(path.getFirst(), Document::read);
        Map<String, String> headers = Map.of("ETag", document.tag(), "Cache-Control", KEPT);
        HttpAnswer answer = isKnown(document, call)
                ? new HttpAnswer(304, JSON, "", headers)
                : new HttpAnswer(200, JSON, document.text(), headers);
        return Optional.of(answer);
    }

    /** Who compresses what passes makes the tag a weak one (RFC 9110, 13.1.2). */
    private static boolean isKnown(Document document, HttpCall call) {
        return call.header("if-none-match").stream()
                .flatMap(tags -> Stream.of(tags.split(",")))
                .map(tag -> tag.strip().replaceFirst("^W/", ""))
                .anyMatch(tag -> tag.equals("*") || tag.equals(document.tag()));
    }
}
