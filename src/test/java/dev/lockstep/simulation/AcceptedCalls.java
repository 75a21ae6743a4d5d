package dev.lockstep.simulation;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
 * What must be known of somebody's calls, going by what was answered with 2xx: all of it in the order in which it
 * happened, whenever it came and whenever it was handled.
 *
 * <p>What was refused may have been recorded all the same: then nothing certain is known of that phone system until it
 * says again what it has.
 */
final class AcceptedCalls {
    private static final String PBX = "pbx ";
    private static final String SOME = "*";

    private static final Pattern LISTED = Pattern.compile("\\{\"id\":\"([^\"]+)\",\"state\":\"(?:connected|held)\"}");
    private static final Pattern NUMBER = Pattern.compile("\"id\":\"evt-[^\"]*-(\\d+)\"");
    private static final Pattern KIND = Pattern.compile("\"type\":\"phone\\.(?:call|line)\\.([a-z_]+)\\.v1\"");

    /**
     * Something that a phone told, or may have told.
     *
     * @param order among all that this phone tells: a desk phone's by arrival, a phone system's by its number
     * @param listed what a list of calls holds
     * @param certain whether it was answered with 2xx
     */
    private record Told(long order, String kind, String call, Set<String> listed, boolean certain) {
        boolean isOver() {
            return Set.of("ended", "missed", "idle", "snapshot").contains(kind);
        }

        void applyTo(Set<String> up) {
            switch (kind) {
                case "connected", "held", "resumed" -> up.add(call);
                case "busy" -> up.add(SOME);
                case "ended", "missed" -> {
                    up.remove(call);
                    if (up.equals(Set.of(SOME))) {
                        up.clear();
                    }
                }
                case "idle" -> up.clear();
                case "snapshot" -> {
                    up.clear();
                    up.addAll(listed);
                }
                default -> {}
            }
        }
    }

    private final Map<String, List<Told>> told = new LinkedHashMap<>();
    private final Set<String> up = new TreeSet<>();
    private final Set<String> uncertain = new HashSet<>();

    boolean any() {
        return !up.isEmpty();
    }

    boolean areCertain() {
        return uncertain.isEmpty();
    }

    /** A desk phone's action URL was answered. */
    void desk(URI url, int status, Instant arrivedAt) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : url.getQuery().split("&")) {
            parameters.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        String call = parameters.getOrDefault("cid", "");
        tell(
                desk(parameters.get("mac")),
                new Told(arrivedAt.toEpochMilli(), parameters.get("ev"), call, Set.of(), status / 100 == 2));
    }

    /** The desk phone is somebody else's, and so is whatever it tells from now on. */
    void deskLeft(String mac, Instant at) {
        tell(desk(mac), new Told(at.toEpochMilli(), "idle", "", Set.of(), true));
    }

    private static String desk(String mac) {
        return "desk " + mac + " ";
    }

    /** A phone system's event was answered. It may be an old one: retries and duplicates overtake each other. */
    void pbx(byte[] body, int status) {
        String text = new String(body, StandardCharsets.UTF_8);
        long number = Long.parseLong(first(NUMBER, text).orElseThrow());
        String call = after("\"call\":{\"id\":\"", text).orElse("");
        Set<String> listed = new HashSet<>();
        Matcher calls = LISTED.matcher(text);
        while (calls.find()) {
            listed.add(calls.group(1));
        }
        tell(PBX, new Told(number, first(KIND, text).orElseThrow(), call, listed, status / 100 == 2));
    }

    private void tell(String system, Told news) {
        List<Told> all = told.computeIfAbsent(system, any -> new ArrayList<>());
        boolean newest = all.stream().allMatch(other -> other.order() <= news.order());
        boolean everything = news.certain() && Set.of("idle", "snapshot").contains(news.kind());
        if (everything && newest) {
            uncertain.remove(system);
        }
        if (!news.certain() || mayEndSomeCall(system, news)) {
            uncertain.add(system);
        }
        if (news.certain() || news.isOver()) {
            all.add(news);
            all.sort(Comparator.comparingLong(Told::order));
            follow(system, all);
        }
    }

    /** The end of what was only heard to ring: its "connected" was lost, or what keeps the phone in use is another. */
    private boolean mayEndSomeCall(String system, Told news) {
        return news.kind().equals("ended") && up.contains(system + SOME) && !up.contains(system + news.call());
    }

    /** Nobody can hold us to a call whose end may have been recorded. */
    private void follow(String system, List<Told> all) {
        Set<String> now = new TreeSet<>();
        for (Told one : all) {
            if (one.certain()) {
                one.applyTo(now);
            } else {
                now.clear();
            }
        }
        up.removeIf(call -> call.startsWith(system));
        now.forEach(call -> up.add(system + call));
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    private static Optional<String> after(String start, String text) {
        int from = text.indexOf(start);
        return from < 0
                ? Optional.empty()
                : Optional.of(text.substring(from + start.length(), text.indexOf('"', from + start.length())));
    }

    @Override
    public String toString() {
        return up.toString();
    }
}
