package dev.lockstep.cost;

import dev.lockstep.simulation.FunctionRuns;
import dev.lockstep.simulation.Measured;
import dev.lockstep.store.dynamodb.StoreBill;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of docs/limits-and-tuning.md that say what an agent costs. */
final class CostTables {
    static final List<Integer> SIZES = List.of(50, 1_000, 10_000);

    private final Measured measured;
    private final Deployed deployed;
    private final List<Bill> bills;

    CostTables(Measured measured, Deployed deployed) {
        this.measured = measured;
        this.deployed = deployed;
        this.bills = SIZES.stream()
                .map(agents -> new Bill(measured, deployed, agents))
                .toList();
    }

    String text() {
        return String.join("\n\n", day(), store(), costs(), assumptions());
    }

    private String day() {
        List<String> rows = new ArrayList<>();
        rows.add(
                "| Measured, an agent's day | runs | that write | took, s | writes on platforms | read units | small writes | log, KB |");
        rows.add("|---|---|---|---|---|---|---|---|");
        measured.runs().forEach((function, runs) -> rows.add(row(function, runs)));
        return String.join("\n", rows);
    }

    /** How soon platforms show on that day what was changed. */
    String shown() {
        List<String> rows = new ArrayList<>();
        rows.add("| Platform, and what for | half within, s | 99 of 100 within, s | times |");
        rows.add("|---|---|---|---|");
        for (Measured.Shown time : measured.shown()) {
            rows.add(String.format(
                    Locale.ROOT, "| `%s` | %.1f | %.1f | %,d |", time.what(), time.half(), time.most(), time.times()));
        }
        return String.join("\n", rows);
    }

    private static String row(String function, FunctionRuns runs) {
        return String.format(
                Locale.ROOT,
                "| `%s` | %,d | %,d | %.1f | %,d | %.1f | %,d | %.1f |",
                function,
                runs.all(),
                runs.writing(),
                runs.took().toMillis() / 1000.0,
                runs.writes(),
                runs.readUnits(),
                runs.smallWrites(),
                runs.logBytes() / 1000.0);
    }

    private String store() {
        StoreBill bill = measured.bill();
        StoreBill.Units units = bill.units();
        return String.format(
                Locale.ROOT,
                "Write units of the day: %,d for the table, %,d for the index of pulses, %,d for the team index, %,d for the"
                        + " timeline, %,d in all.%nStored of an agent: %,d bytes with the indexes, and %,d of timeline a day. Alarms"
                        + " look at %d metrics, but for those on sums.",
                units.table(),
                units.pulse(),
                units.team(),
                units.timeline(),
                units.all(),
                bill.storedBytes(),
                bill.timelineBytes(),
                deployed.alarmMetrics());
    }

    private String costs() {
        List<String> rows = new ArrayList<>();
        rows.add(row(
                "$ a month for each agent",
                bills.stream().map(bill -> String.format(Locale.ROOT, "%,d agents", bill.agents()))));
        rows.add("|---|" + "---|".repeat(bills.size()));
        for (String service : bills.getFirst().services().keySet()) {
            rows.add(row(
                    service, bills.stream().map(bill -> dollars(bill.services().get(service) / bill.agents()))));
        }
        rows.add(row("**Each agent**", bills.stream().map(bill -> "**" + dollars(bill.sum() / bill.agents()) + "**")));
        rows.add(row("The deployment", bills.stream().map(bill -> String.format(Locale.ROOT, "%,.2f", bill.sum()))));
        return String.join("\n", rows);
    }

    private static String row(String first, Stream<String> others) {
        return "| " + first + " | " + others.collect(Collectors.joining(" | ")) + " |";
    }

    private static String dollars(double each) {
        return String.format(Locale.ROOT, "%.4f", each);
    }

    private static String assumptions() {
        List<String> rows = new ArrayList<>();
        rows.add("| Assumed, not measured | | |");
        rows.add("|---|---|---|");
        for (Assumption each : Assumption.values()) {
            rows.add(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s |",
                    each.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    number(each.value()),
                    each.meaning()));
        }
        return String.join("\n", rows);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%,.0f", value) : Double.toString(value);
    }
}
