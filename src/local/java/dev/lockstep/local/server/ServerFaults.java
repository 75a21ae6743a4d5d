package dev.lockstep.local.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The misbehaviour of one simulated platform, switched over HTTP ({@code GET/PUT/POST/DELETE /_faults}) or by code.
 * Decides only; {@link SimulatedServer} and {@link Outbox} carry it out. The random source is the caller's, so a seed
 * replays a run.
 */
public final class ServerFaults {
    private final RandomGenerator random;
    private final List<Rule> rules = new ArrayList<>();

    public ServerFaults(RandomGenerator random) {
        this.random = random;
    }

    public synchronized void add(Fault fault) {
        rules.add(new Rule(fault, pattern(fault.match())));
    }

    public synchronized void clear() {
        rules.clear();
    }

    /** How often the rules that stand now have struck. */
    public synchronized long struck() {
        return rules.stream().mapToLong(rule -> rule.struck).sum();
    }

    /** The faults that strike this request or notification, in the order of the rules. */
    public synchronized List<Fault> strike(String method, String path) {
        String subject = method + " " + path;
        List<Fault> hits = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.pattern.matcher(subject).matches() && rule.isLeft() && drawn(rule.fault.probability())) {
                rule.struck++;
                hits.add(rule.fault);
            }
        }
        return List.copyOf(hits);
    }

    private boolean drawn(double probability) {
        return probability >= 1 || random.nextDouble() < probability;
    }

    /** Adds the routes that show and set the rules. */
    void control(SimulatedServer server) {
        server.on("GET", "/_faults", request -> Reply.json(200, write()));
        server.on("PUT", "/_faults", request -> replace(request.json()));
        server.on("POST", "/_faults", request -> {
            add(Fault.read(request.json()));
            return Reply.json(200, write());
        });
        server.on("DELETE", "/_faults", request -> {
            clear();
            return Reply.empty(204);
        });
    }

    /** Sets the rules from the same JSON as {@code PUT /_faults} takes, for use in configuration. */
    public void set(String json) {
        replace(Json.read(json));
    }

    private Reply replace(JsonNode body) {
        List<Fault> wanted = new ArrayList<>();
        (body.isArray() ? body : body.path("rules")).forEach(node -> wanted.add(Fault.read(node)));
        synchronized (this) {
            clear();
            wanted.forEach(this::add);
        }
        return Reply.json(200, write());
    }

    private synchronized ObjectNode write() {
        ObjectNode all = Json.object();
        var list = all.putArray("rules");
        rules.forEach(rule -> list.add(rule.fault.write().put("struck", rule.struck)));
        return all;
    }

    /** The path may begin anywhere, so that rules need not know a platform's base path. */
    private static Pattern pattern(String match) {
        int space = match.indexOf(' ');
        String method = space < 0 ? "*" : match.substring(0, space);
        String path = space < 0 ? match : match.substring(space + 1);
        return Pattern.compile(glob(method) + " .*" + glob(path), Pattern.DOTALL);
    }

    private static String glob(String text) {
        return ("\\Q" + text + "\\E").replace("*", "\\E.*\\Q");
    }

    private static final class Rule {
        private final Fault fault;
        private final Pattern pattern;
        private int struck;

        Rule(Fault fault, Pattern pattern) {
            this.fault = fault;
            this.pattern = pattern;
        }

        boolean isLeft() {
            return fault.times() < 0 || struck < fault.times();
        }
    }
}
