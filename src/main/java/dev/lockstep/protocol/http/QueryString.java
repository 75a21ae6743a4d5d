package dev.lockstep.protocol.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a query string that a device put together without encoding it. Nothing in it is an error.
 *
 * <p>A desk phone puts its variables into the URL as they are: a raw {@code :}, {@code @} or {@code %} is itself, and
 * so is {@code +}, which begins a telephone number and stands for no blank. Of a repeated parameter the first counts,
 * so that a caller's address, which the caller chooses, cannot overrule what stands before it.
 */
final class QueryString {
    private QueryString() {}

    /** The same as programs write it: there a blank becomes {@code +} and a plus is encoded. */
    static Map<String, String> ofForm(String raw) {
        return of(raw.replace('+', ' '));
    }

    static Map<String, String> of(String raw) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters.putIfAbsent(name(pair), decoded(value));
        }
        parameters.remove("");
        return parameters;
    }

    /** A name that is there more than once. */
    static Optional<String> repeated(String raw) {
        Set<String> seen = new HashSet<>();
        return Arrays.stream(raw.split("&"))
                .map(QueryString::name)
                .filter(name -> !name.isEmpty() && !seen.add(name))
                .findFirst();
    }

    private static String name(String pair) {
        int equals = pair.indexOf('=');
        return decoded(equals < 0 ? pair : pair.substring(0, equals));
    }

    /** What is no percent-encoding stays as it is; what is no UTF-8 becomes a replacement character. */
    static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int value = bytes[i] == '%' ? encodedAt(bytes, i + 1) : -1;
            decoded.write(value < 0 ? bytes[i] : value);
            i += value < 0 ? 0 : 2;
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    private static int encodedAt(byte[] bytes, int index) {
        if (index + 1 >= bytes.length) {
            return -1;
        }
        int high = Character.digit(bytes[index], 16);
        int low = Character.digit(bytes[index + 1], 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
}
