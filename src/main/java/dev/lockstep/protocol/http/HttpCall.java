package dev.lockstep.protocol.http;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An outside system's call, whatever brought it here. Its text form names method and path only: the query and the
 * headers hold tokens and signatures.
 *
 * @param rawQuery as it stood in the URL, without the question mark; blank for none
 * @param query the same, decoded; of a repeated parameter the first
 * @param headers by name in lower case
 * @param receivedAt when it came
 * @param requestId by which whoever brought it here knows it (API Gateway's {@code requestContext.requestId}); blank
 *     where there is none
 * @param caller who calls, as far as it was verified
 */
public record HttpCall(
        String method,
        String path,
        String rawQuery,
        Map<String, String> query,
        Map<String, String> headers,
        Body body,
        Instant receivedAt,
        String requestId,
        Requester caller) {
    /** Larger messages are refused unread, where an endpoint does not say otherwise. */
    public static final int MAX_BYTES = 256 * 1024;

    public HttpCall {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** @param headers by name, in whatever case */
    public static HttpCall of(
            String method, String path, String rawQuery, Map<String, String> headers, Body body, Instant receivedAt) {
        Map<String, String> lowered = headers.entrySet().stream()
                .collect(Collectors.toMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT),
                        Map.Entry::getValue,
                        (one, other) -> one + "," + other));
        return new HttpCall(
                method.toUpperCase(Locale.ROOT),
                path,
                rawQuery,
                QueryString.of(rawQuery),
                lowered,
                body,
                receivedAt,
                "",
                new Requester.Unasked());
    }

    public HttpCall withRequestId(String id) {
        return new HttpCall(method, path, rawQuery, query, headers, body, receivedAt, id, caller);
    }

    public HttpCall withCaller(Requester who) {
        return new HttpCall(method, path, rawQuery, query, headers, body, receivedAt, requestId, who);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The parameter as a phone writes it, with {@code +} for itself; blank if it is missing. */
    public String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    /** @throws RejectedRequest if the query names another parameter, or one of them twice */
    public void allowParameters(List<String> known) {
        KnownNames.refuseOthers("parameter", query.keySet(), known);
        QueryString.repeated(rawQuery).ifPresent(name -> {
            throw RejectedRequest.malformed("the parameter " + name + " is given more than once: give it once");
        });
    }

    /** The parameter as browsers and programs write it, with {@code +} for a blank; blank if it is missing. */
    public String formParameter(String name) {
        return QueryString.ofForm(rawQuery).getOrDefault(name, "");
    }

    /** A field of the form that is the body; blank if it is missing. */
    public String formField(String name) {
        return QueryString.ofForm(body.text()).getOrDefault(name, "");
    }

    /** A part of a URL without its percent-encoding; what is no such encoding stays as it is. */
    public static String decoded(String text) {
        return QueryString.decoded(text);
    }

    /** A part of the path, counted from one; blank if there are not so many. */
    public String pathPart(int number) {
        String[] parts = path.split("/");
        return number < parts.length ? parts[number] : "";
    }

    boolean isLargerThan(int mostBytes) {
        return body.length() > mostBytes || rawQuery.length() > MAX_BYTES;
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
