package dev.lockstep.local.phone;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A desk phone that tells of itself by action URLs, as Yealink's do: a GET per event, everything in the query, fired
 * once and never again, whatever the answer. It sends no time and no event id; a call has the phone's own short
 * number; once a call is over the phone no longer knows its account, so that only the MAC identifies it.
 */
public final class DeskPhone {
    /** An action URL that an administrator may have configured, with the kind that its {@code ev} names. */
    public enum Event {
        RINGING("ringing"),
        DIALING("dialing"),
        CONNECTED("connected"),
        ENDED("ended"),
        MISSED("missed"),
        HELD("held"),
        RESUMED("resumed"),
        IDLE("idle"),
        BUSY("busy"),
        DND_ON("dnd_on"),
        DND_OFF("dnd_off");

        private final String kind;

        Event(String kind) {
            this.kind = kind;
        }
    }

    /**
     * Where the phone sends its events and who it is there.
     *
     * @param base scheme, host and port
     * @param connection the phone connection's name
     * @param token the token in every URL
     * @param mac 12 hexadecimal digits
     * @param user the extension
     */
    public record Account(String base, String connection, String token, String mac, String user) {}

    private static final int FIRST_CALL = 33092;
    private static final int LONGEST_URL = 511;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Account account;
    private final UrlFetch fetch;
    private final Set<Event> configured;
    private final List<Integer> up = new ArrayList<>();
    private final List<OptionalInt> answers = new ArrayList<>();
    private int lastCall = FIRST_CALL;
    private int losing;

    /** @param configured the events for which an action URL is set */
    public DeskPhone(Account account, UrlFetch fetch, Set<Event> configured) {
        this.account = account;
        this.fetch = fetch;
        this.configured = Set.copyOf(configured);
    }

    /** A phone over HTTP with the URLs that are usually set: of calls and of Do not disturb, not of the whole phone. */
    public static DeskPhone over(HttpClient client, Account account) {
        Set<Event> usual = EnumSet.complementOf(EnumSet.of(Event.IDLE, Event.BUSY));
        return new DeskPhone(account, url -> get(client, url), usual);
    }

    /** A call comes in; answers the phone's number for it. */
    public int ring(String remote) {
        int call = ++lastCall;
        fire(Event.RINGING, account.user(), call, remote);
        return call;
    }

    /** The phone calls somebody, who is then connected by {@link #answer}. */
    public int dial(String remote) {
        int call = ++lastCall;
        fire(Event.DIALING, account.user(), call, remote);
        return call;
    }

    public void answer(int call) {
        if (up.isEmpty()) {
            fire(Event.BUSY, account.user(), call, "");
        }
        up.add(call);
        fire(Event.CONNECTED, account.user(), call, "");
    }

    public void hold(int call) {
        fire(Event.HELD, account.user(), call, "");
    }

    public void resume(int call) {
        fire(Event.RESUMED, account.user(), call, "");
    }

    /** Ends a connected call. */
    public void hangup(int call) {
        up.remove(Integer.valueOf(call));
        fire(Event.ENDED, "", call, "");
        if (up.isEmpty()) {
            fire(Event.IDLE, "", call, "");
        }
    }

    /** Nobody answered. */
    public void miss(int call) {
        fire(Event.MISSED, "", call, "");
    }

    public void dnd(boolean on) {
        fire(on ? Event.DND_ON : Event.DND_OFF, "", 0, "");
    }

    /** The phone restarts: it counts its calls from the beginning again. */
    public void restart() {
        up.clear();
        lastCall = FIRST_CALL;
    }

    /** The network loses the next events; nothing repeats them. */
    public void loseNext(int events) {
        losing = events;
    }

    /** The statuses that were answered, in order; empty where there was no answer. The phone itself does not care. */
    public List<OptionalInt> answers() {
        return List.copyOf(answers);
    }

    private void fire(Event event, String user, int call, String remote) {
        if (!configured.contains(event)) {
            return;
        }
        if (losing > 0) {
            losing--;
            return;
        }
        answers.add(fetched(url(event, user, call, remote)));
    }

    /** Variables are put in as they are; no manual says that anything is escaped. */
    private URI url(Event event, String user, int call, String remote) {
        String url = account.base() + "/phone/" + account.connection() + "?k=" + account.token() + "&ev=" + event.kind
                + "&mac=" + account.mac() + "&u=" + user + "&cid=" + (call == 0 ? "" : call) + "&r=" + remote;
        if (url.length() > LONGEST_URL) {
            throw new IllegalArgumentException("an action URL has at most " + LONGEST_URL + " characters");
        }
        return URI.create(url);
    }

    private OptionalInt fetched(URI url) {
        try {
            return OptionalInt.of(fetch.get(url));
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    private static int get(HttpClient client, URI url) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .header("User-Agent", "Yealink SIP-T46U 108.86.0.20 805ec0000000")
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
