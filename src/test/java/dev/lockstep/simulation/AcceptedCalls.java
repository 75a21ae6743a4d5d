package dev.lockstep.simulation;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must be known of somebody's calls, going by what was answered with 2xx.
 *
 * <p>What was refused may have been recorded all the same: then nothing certain is known of that phone system until it
 * says again what it has.
 */
final class AcceptedCalls {
    private static final String DESK = "desk ";
    private static final String PBX = "pbx ";
    private static final String SOME = DESK + "*";

    private static final Pattern LISTED = Pattern.compile("\\{\"id\":\"([^\"]+)\",\"state\":\"(?:connected|held)\"}");

    private final Set<String> up = new TreeSet<>();
    private final Set<String> ended = new HashSet<>();
    private final Set<String> uncertain = new HashSet<>();
    private final Map<String, Long> lastOf = new HashMap<>();
    private long lastSnapshot;

    boolean any() {
        return !up.isEmpty();
    }

    boolean areCertain() {
        return uncertain.isEmpty();
    }

    /** A desk phone's action URL was answered. */
    void desk(URI url, int status) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : url.getQuery().split("&")) {
            parameters.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        String kind = parameters.get("ev");
        if (status / 100 != 2) {
            unsure(DESK, kind.equals("ended") || kind.equals("idle"));
            return;
        }
        String call = DESK + parameters.get("cid");
        switch (kind) {
            case "connected", "held", "resumed" -> begun(call);
            case "busy" -> up.add(SOME);
            case "ended", "missed" -> over(call);
            case "idle" -> {
                List.copyOf(up).stream().filter(one -> one.startsWith(DESK)).forEach(this::over);
                uncertain.remove(DESK);
            }
            default -> {}
        }
        if (kind.equals("ended") && up.stream().noneMatch(one -> one.startsWith(DESK) && !one.equals(SOME))) {
            over(SOME);
        }
    }

    /** A phone system's event was answered. It may be an old one: retries and duplicates overtake each other. */
    void pbx(byte[] body, int status) {
        String text = new String(body, StandardCharsets.UTF_8);
        if (status / 100 != 2) {
            unsure(PBX, text.contains("ended") || text.contains("missed") || text.contains("snapshot"));
            return;
        }
        long sequence = Long.parseLong(after("\"sequence\":\"", text).orElseThrow());
        if (text.contains("phone.line.snapshot")) {
            snapshot(text, sequence);
            return;
        }
        String call = PBX + after("\"call\":{\"id\":\"", text).orElse("?");
        boolean old = sequence < Math.max(lastOf.getOrDefault(call, 0L), lastSnapshot);
        lastOf.merge(call, sequence, Math::max);
        boolean connected = text.contains("phone.call.connected")
                || text.contains("phone.call.held")
                || text.contains("phone.call.resumed");
        if (connected && !old) {
            begun(call);
        } else if (text.contains("phone.call.ended") || text.contains("phone.call.missed")) {
            over(call);
        }
    }

    private void snapshot(String text, long sequence) {
        if (sequence > lastSnapshot) {
            lastSnapshot = sequence;
            uncertain.remove(PBX);
            up.removeIf(call -> call.startsWith(PBX)
                    && lastOf.getOrDefault(call, 0L) < sequence
                    && !text.contains('"' + call.substring(PBX.length()) + '"'));
            Matcher listed = LISTED.matcher(text);
            while (listed.find()) {
                begun(PBX + listed.group(1));
            }
        }
    }

    private static Optional<String> after(String start, String text) {
        int from = text.indexOf(start);
        return from < 0
                ? Optional.empty()
                : Optional.of(text.substring(from + start.length(), text.indexOf('"', from + start.length())));
    }

    private void unsure(String system, boolean over) {
        uncertain.add(system);
        if (over) {
            up.removeIf(call -> call.startsWith(system));
        }
    }

    private void begun(String call) {
        if (!ended.contains(call)) {
            up.add(call);
        }
    }

    private void over(String call) {
        ended.add(call);
        up.remove(call);
    }

    @Override
    public String toString() {
        return up.toString();
    }
}
