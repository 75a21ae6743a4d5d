package dev.lockstep.cost;

import static dev.lockstep.cost.Assumption.ACCESS_LINE;
import static dev.lockstep.cost.Assumption.CONFIGURATION;
import static dev.lockstep.cost.Assumption.DELIVERIES;
import static dev.lockstep.cost.Assumption.DIRECTORY_AGENT;
import static dev.lockstep.cost.Assumption.IDLE_INSTANCES;
import static dev.lockstep.cost.Assumption.KEY_REQUESTS;
import static dev.lockstep.cost.Assumption.LOG_KEPT;
import static dev.lockstep.cost.Assumption.METRICS;
import static dev.lockstep.cost.Assumption.OWN_WORK;
import static dev.lockstep.cost.Assumption.PASS_LINES;
import static dev.lockstep.cost.Assumption.PEAK;
import static dev.lockstep.cost.Assumption.POLL_OUT;
import static dev.lockstep.cost.Assumption.QUEUE_POLLERS;
import static dev.lockstep.cost.Assumption.RUN_LINES;
import static dev.lockstep.cost.Assumption.SECRETS;
import static dev.lockstep.cost.Assumption.SUMMED_METRICS;
import static dev.lockstep.cost.Assumption.SWEEP_RUN;
import static dev.lockstep.cost.Assumption.TRACED;
import static dev.lockstep.cost.Assumption.WORKING_DAYS;
import static dev.lockstep.cost.Assumption.WRITE_OUT;

import dev.lockstep.simulation.FunctionRuns;
import dev.lockstep.simulation.Measured;
import dev.lockstep.store.dynamodb.StoreBill;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** What a month costs a deployment of so many agents, each of whom has an ordinary day on each day of work. */
final class Bill {
    /** The months of AWS' lists. */
    private static final double DAYS = 30;

    private static final double PASSES = DAYS * 24 * 60;
    private static final double DIRECTORY_RUNS = DAYS * 24;
    private static final double DOCTOR_RUNS = DAYS;
    private static final Duration CONFIGURATION_AGE = Duration.ofSeconds(30);
    private static final Duration DELIVERY_EVERY = Duration.ofSeconds(30);
    private static final Duration NOTE_AGE = Duration.ofMinutes(1);
    private static final Duration SECRET_AGE = Duration.ofMinutes(5);

    /** Functions that the gateway starts, and what the queue starts; all others run by the clock, for everybody at once. */
    private static final Set<String> ASKED = Set.of("dynamics-change", "phone-event", "teams-change");

    private static final String RETRY = "sync";
    private static final String DIRECTORY = "directory";
    /** In production they are one pass. */
    private static final Set<String> PASS = Set.of("sweep", "teams-watch", "shift-end");

    private final Measured measured;
    private final Deployed deployed;
    private final int agents;
    private final Measured.Pass pass;

    Bill(Measured measured, Deployed deployed, int agents) {
        this.measured = measured;
        this.deployed = deployed;
        this.agents = agents;
        this.pass = measured.pass(agents);
    }

    int agents() {
        return agents;
    }

    /** US dollars a month, by service. */
    Map<String, Double> services() {
        Map<String, Double> services = new LinkedHashMap<>();
        services.put("API Gateway", monthly(asked()) * Prices.GATEWAY_REQUEST);
        services.put("Lambda, requests", (monthly(asked() + retries()) + clocked()) * Prices.LAMBDA_REQUEST);
        services.put("Lambda, time of events", monthly(gigabyteSeconds()) * Prices.LAMBDA_GB_SECOND);
        services.put("Lambda, time of `sweep` and `directory`", clockedGigabyteSeconds() * Prices.LAMBDA_GB_SECOND);
        services.put("DynamoDB, writes", writeUnits() * Prices.WRITE_UNIT);
        services.put("DynamoDB, reads of events", monthly(sum(ofEvents(), FunctionRuns::readUnits)) * Prices.READ_UNIT);
        services.put("DynamoDB, reads of everybody", readsOfEverybody() * Prices.READ_UNIT);
        services.put("DynamoDB, storage", agents * stored() * Prices.STORED_BYTE);
        services.put("SQS", (monthly(3.0 * retries()) + QUEUE_POLLERS.value() * PASSES) * Prices.QUEUE_REQUEST);
        services.put("CloudWatch, logs", logBytes() * (Prices.LOG_BYTE + kept() * Prices.LOG_BYTE_KEPT));
        services.put("CloudWatch, own metrics", METRICS.value() * Prices.METRIC);
        services.put("CloudWatch, alarms", (deployed.alarmMetrics() + SUMMED_METRICS.value()) * Prices.ALARM_METRIC);
        services.put("X-Ray", traces() * Prices.TRACE);
        services.put("Secrets Manager", SECRETS.value() * (Prices.SECRET + refreshes(SECRET_AGE) * Prices.SECRET_READ));
        services.put("KMS", Prices.KEY + KEY_REQUESTS.value() * refreshes(SECRET_AGE) * Prices.KEY_REQUEST);
        services.put("EventBridge Scheduler", clocked() * Prices.SCHEDULED_RUN);
        services.put("Data to the platforms", bytesOut() * Prices.BYTE_OUT);
        return services;
    }

    double sum() {
        return services().values().stream().mapToDouble(each -> each).sum();
    }

    private static Set<String> ofEvents() {
        Set<String> functions = new TreeSet<>(ASKED);
        functions.add(RETRY);
        return functions;
    }

    /** Of all agents, in a month. */
    private double monthly(double ofAgentAndDay) {
        return ofAgentAndDay * agents * WORKING_DAYS.value();
    }

    private double sum(Set<String> functions, ToDoubleFunction<FunctionRuns> what) {
        return measured.runs().entrySet().stream()
                .filter(each -> functions.contains(each.getKey()))
                .mapToDouble(each -> what.applyAsDouble(each.getValue()))
                .sum();
    }

    private double asked() {
        return sum(ASKED, FunctionRuns::all);
    }

    private double retries() {
        return sum(Set.of(RETRY), FunctionRuns::all);
    }

    private static double clocked() {
        return PASSES + DIRECTORY_RUNS + DOCTOR_RUNS;
    }

    private static double seconds(FunctionRuns runs) {
        return runs.took().toMillis() / 1000.0 + runs.all() * OWN_WORK.value();
    }

    private double gigabyteSeconds() {
        return ofEvents().stream()
                .mapToDouble(function -> deployed.gigabytes(function) * sum(Set.of(function), Bill::seconds))
                .sum();
    }

    private double clockedGigabyteSeconds() {
        return PASSES * SWEEP_RUN.value() * deployed.gigabytes("sweep")
                + DIRECTORY_RUNS * agents * DIRECTORY_AGENT.value() * deployed.gigabytes(DIRECTORY);
    }

    /** What a pass asks and notes for everybody together, as `sweep` does in the simulation for itself. */
    private double ofPasses(ToDoubleFunction<FunctionRuns> what) {
        return PASSES * sum(Set.of("sweep"), what) / sum(Set.of("sweep"), FunctionRuns::all);
    }

    private double writeUnits() {
        return monthly(measured.bill().units().all() + sum(ofEvents(), FunctionRuns::smallWrites))
                + ofPasses(runs -> runs.smallWrites() + runs.notes())
                + refreshes(NOTE_AGE)
                + DELIVERIES.value() * refreshes(DELIVERY_EVERY);
    }

    private double readsOfEverybody() {
        return PASSES * (pass.units() + pass.pollUnits())
                + ofPasses(FunctionRuns::smallReads)
                + monthly(sum(PASS, FunctionRuns::agentReads))
                + DIRECTORY_RUNS * agents * sum(Set.of(DIRECTORY), FunctionRuns::readUnits)
                + CONFIGURATION.value() * refreshes(CONFIGURATION_AGE);
    }

    /** Of an agent, in bytes; the timeline for the days of work in its thirty. */
    private double stored() {
        StoreBill bill = measured.bill();
        return bill.storedBytes() + bill.timelineBytes() * WORKING_DAYS.value();
    }

    private double logBytes() {
        double lines = sum(measured.runs().keySet(), FunctionRuns::logBytes);
        return monthly(lines + (asked() + retries()) * RUN_LINES.value() + asked() * ACCESS_LINE.value())
                + clocked() * (RUN_LINES.value() + PASS_LINES.value());
    }

    private double kept() {
        return LOG_KEPT.value() * deployed.logRetentionDays() / DAYS;
    }

    /** Of runs that come evenly over the day of work: one a second and a share of the others. */
    private double traces() {
        double aSecond = agents * (asked() + retries()) / measured.dayLength().toSeconds();
        double traced = Math.min(aSecond, 1) + TRACED.value() * Math.max(0, aSecond - 1);
        return clocked() + traced * measured.dayLength().toSeconds() * WORKING_DAYS.value();
    }

    /** How often instances that are alive read something anew, in a month's hours of work. */
    private double refreshes(Duration age) {
        double busy =
                agents * sum(ofEvents(), Bill::seconds) / measured.dayLength().toSeconds();
        double alive = IDLE_INSTANCES.value() + PEAK.value() * busy;
        return alive * measured.dayLength().dividedBy(age) * WORKING_DAYS.value();
    }

    private double bytesOut() {
        return monthly(sum(measured.runs().keySet(), FunctionRuns::writes)) * WRITE_OUT.value()
                + PASSES * pass.polls() * agents * POLL_OUT.value();
    }
}
