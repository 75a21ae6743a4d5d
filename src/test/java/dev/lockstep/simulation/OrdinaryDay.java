package dev.lockstep.simulation;

import dev.lockstep.local.dynamics.model.DynamicsModel;
import dev.lockstep.local.dynamics.model.Presence;
import dev.lockstep.local.dynamics.model.Work;
import dev.lockstep.local.phone.DeskPhone;
import dev.lockstep.local.phone.Pbx;
import dev.lockstep.platform.Observation;
import dev.lockstep.presence.Rosters;
import dev.lockstep.store.dynamodb.Crowd;
import dev.lockstep.store.dynamodb.StoreBill;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The day of the average agent of docs/limits-and-tuning.md, on which nothing goes wrong: 8.5 hours, 40 calls, and 60
 * changes in Dynamics beside them, of which one application is told. Nothing is left to chance but latencies.
 */
final class OrdinaryDay {
    private static final int CALLS = 40;
    static final Duration LENGTH = Duration.ofMinutes(510);
    private static final Duration EACH = LENGTH.dividedBy(CALLS);
    private static final Duration BEGINNING = Duration.ofMinutes(10);
    private static final Duration ANSWERED = Duration.ofSeconds(8);
    private static final Duration ENDED = Duration.ofSeconds(200);

    /** The phones that there are. */
    enum Phone {
        DESK,
        PHONE_SYSTEM
    }

    private final StoreBill bill = new StoreBill();
    private final DayMeter meter = new DayMeter(bill);
    private final Simulation world;
    private final SimulatedPerson person;
    private final DynamicsModel dynamics;
    private final DeskPhone deskPhone;
    private final Pbx pbx;

    OrdinaryDay(long seed, Phone phone) {
        Scenario scenario = new Scenario(
                seed,
                1,
                Instant.parse("2026-03-03T08:00:00Z"),
                BEGINNING.plus(LENGTH),
                Duration.ZERO,
                0,
                Set.of(),
                Variant.PRODUCT);
        world = new Simulation(scenario, meter);
        meter.tellTime(world.time);
        person = world.people.getFirst();
        dynamics = world.center.presence();
        deskPhone = new DeskPhone(
                new DeskPhone.Account(
                        "https://lockstep.example", Product.DESK, Product.TOKEN, person.mac(), person.line()),
                uri -> world.phoneCalls("GET", uri, Map.of(), new byte[0]),
                EnumSet.allOf(DeskPhone.Event.class));
        pbx = new Pbx(
                URI.create("https://lockstep.example/phone/" + Product.PBX),
                "/pbx/" + person.line(),
                List.of(Product.PBX_SECRET),
                (uri, headers, body) -> world.phoneCalls("POST", uri, headers, body),
                world.time::instant,
                world.time::after);
        at(Duration.ofMinutes(1), () -> dynamics.signIn(person.user()));
        at(Duration.ofMinutes(2), () -> picks("Available"));
        at(BEGINNING, () -> {
            bill.beginAnew();
            meter.beginAnew();
        });
        at(LENGTH.dividedBy(2), world::readDirectory);
        for (int i = 0; i < CALLS; i++) {
            Duration begins = BEGINNING.plus(EACH.multipliedBy(i)).plusSeconds(i * 7 % 60);
            call(phone, begins);
            between(i, begins.plusSeconds(300));
        }
    }

    /** What the day's writes to the store would have cost. */
    StoreBill bill() {
        world.runAsPlanned();
        return bill;
    }

    /** What each function did in it, once it was run. What is logged it counts where it is given the log. */
    DayMeter meter() {
        return meter;
    }

    /** Its end, once it was run. */
    Instant now() {
        return world.time.instant();
    }

    /** Many like the person. */
    Crowd crowd(Rosters rosters, int agents) {
        return bill.crowd(rosters, agents);
    }

    /** As whom a platform showed the person last. */
    Observation shown(String platform) {
        return world.product.state(person).standing(platform).observed().orElseThrow();
    }

    private void at(Duration time, Runnable what) {
        world.time.after(time, what);
    }

    private void call(Phone phone, Duration begins) {
        switch (phone) {
            case DESK -> onTheDesk(begins);
            case PHONE_SYSTEM -> onTheLine(begins);
        }
    }

    private void onTheDesk(Duration begins) {
        at(begins, () -> {
            int call = deskPhone.ring("sip:4420@pbx.example");
            world.time.after(ANSWERED, () -> deskPhone.answer(call));
            world.time.after(ENDED, () -> deskPhone.hangup(call));
        });
    }

    private void onTheLine(Duration begins) {
        at(begins, () -> {
            String call = pbx.ring(person.line());
            world.time.after(ANSWERED, () -> pbx.answer(person.line(), call));
            world.time.after(ENDED, () -> pbx.hangup(person.line(), call));
        });
    }

    /** After one call of two a conversation, which Dynamics shows as two changes, after the other a pick. */
    private void between(int number, Duration begins) {
        if (number % 2 == 0) {
            at(
                    begins,
                    () -> dynamics.accept(person.user(), Work.Channel.CHAT, 30).ifPresent(this::converses));
        } else {
            at(begins, () -> picks(number % 4 == 1 ? "Lunch" : "Available"));
        }
    }

    private void converses(UUID work) {
        world.time.after(Duration.ofSeconds(240), () -> dynamics.close(person.user(), work));
    }

    private void picks(String presence) {
        dynamics.choose(
                person.user(), dynamics.presence(presence).map(Presence::id).orElseThrow());
    }
}
