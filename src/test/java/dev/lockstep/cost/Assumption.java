package dev.lockstep.cost;

/** What no test measures, by the name under which docs/limits-and-tuning.md lists it. */
enum Assumption {
    WORKING_DAYS(21, "days of work in a month of 30"),
    OWN_WORK(0.04, "seconds of a run beside its calls and waits, at 0.29 of a processor"),
    SWEEP_RUN(57, "seconds that `sweep` takes: 55 as it is told, and the round that it is in"),
    DIRECTORY_AGENT(0.005, "seconds that `directory` takes for each agent"),
    RUN_LINES(380, "bytes that Lambda logs of a run (`START`, `END`, `REPORT`)"),
    ACCESS_LINE(420, "bytes that the gateway logs of a request"),
    PASS_LINES(4_000, "bytes that a pass logs of everybody, counts of its polls among them"),
    LOG_KEPT(0.15, "of a log's size is what is kept of it, compressed"),
    METRICS(72, "own metrics, each with each value of its dimensions"),
    SUMMED_METRICS(55, "metrics that the alarms on sums look at together"),
    PEAK(3, "times the average is what the busiest minutes bring, and instances stay alive for"),
    IDLE_INSTANCES(4, "instances that are alive however little there is to do"),
    CONFIGURATION(
            5,
            "read units of the mappings, the connections and whether an application is subscribed, which each instance reads anew each 30 s"),
    DELIVERIES(2, "writes to the log of calls, of two connections, that each instance makes each 30 s"),
    SECRETS(
            4,
            "secrets: Entra, Dataverse's key, one phone system, one application; read anew by each instance each 5 minutes"),
    KEY_REQUESTS(5, "requests to the key for each instance in 5 minutes, one a table"),
    QUEUE_POLLERS(15, "requests a minute with which Lambda asks an empty queue: five pollers that wait 20 s"),
    TRACED(0.05, "of the runs are traced beside one a second"),
    WRITE_OUT(3_000, "bytes that a write sends to a platform, its token among them"),
    POLL_OUT(39, "bytes of an agent's id in a poll of Teams");

    private final double value;
    private final String meaning;

    Assumption(double value, String meaning) {
        this.value = value;
        this.meaning = meaning;
    }

    double value() {
        return value;
    }

    String meaning() {
        return meaning;
    }
}
