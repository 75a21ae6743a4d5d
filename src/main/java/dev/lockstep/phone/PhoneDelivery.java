package dev.lockstep.phone;

import dev.lockstep.configured.Connection;
import dev.lockstep.presence.Signal;
import dev.lockstep.protocol.delivery.Delivery;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.http.RejectionReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What one call of a phone system says and what became of it, collected while it is worked on. */
final class PhoneDelivery {
    private static final String UNKNOWN_KIND = "ignored: events of this kind mean nothing here";

    private final Connection connection;
    private final HttpCall call;
    private final Set<String> understood = new LinkedHashSet<>();
    private final Set<String> agents = new TreeSet<>();
    private final List<String> remarks = new ArrayList<>();
    private final Set<String> remedies = new LinkedHashSet<>();
    private Delivery.Purpose purpose = Delivery.Purpose.EVENT;
    private boolean changes;

    PhoneDelivery(Connection connection, HttpCall call) {
        this.connection = connection;
        this.call = call;
    }

    /** Its sender is known and wants only to see what it would do. */
    void isTest() {
        purpose = Delivery.Purpose.TEST;
    }

    /** The line as far as it may be shown: numbers and addresses only by their ends. */
    void says(LineEvidence.Said said) {
        said.lines().stream().findFirst().ifPresent(line -> understood.add("line " + PhoneTroubles.shown(line)));
        said.signals().forEach(signal -> understood.add(words(signal)));
    }

    private static String words(Signal signal) {
        return switch (signal) {
            case Signal.Call told -> "call " + told.state().name().toLowerCase(Locale.ROOT);
            case Signal.Calls list -> "all calls of the line: " + list.callIds().size();
            case Signal.Fact fact -> fact.status().label();
            case Signal.FactEnded end -> "no longer " + end.key();
            case Signal.Choice choice -> choice.status().label();
            case Signal.ChoiceWithdrawn withdrawn -> "nothing chosen";
            case Signal.SignedIn in -> "signed in";
            case Signal.SignedOut out -> "signed out";
            case Signal.Shifts shifts -> "shifts";
        };
    }

    void concerns(String agentId) {
        agents.add(agentId);
    }

    /** Something of it is news. */
    void changes() {
        changes = true;
    }

    void concernsNobody() {
        remark("ignored: no agent has this line", "give the line to an agent (configuration, lines)");
    }

    void isNotUnderstood(LineEvidence.NotUnderstood other) {
        String meant = ProbableKind.of(other.kind())
                .map(near -> "; did you mean \"" + near + "\"?")
                .orElse("");
        remark(UNKNOWN_KIND + meant, "send the kinds that are documented; leave others away");
    }

    void isMistimed() {
        remark(
                "taken at its receipt: its own time is wrong",
                "send times in UTC (RFC 3339) and keep the sender's clock right");
    }

    void saysNothing() {
        remarks.add("ignored: it says nothing of a call or a line");
    }

    void isRepeated() {
        remarks.add("ignored: this very message was taken before");
    }

    void changesNothing() {
        remarks.add("changes nothing: it was known, or a later event says otherwise");
    }

    private void remark(String text, String remedy) {
        remarks.add(text);
        remedies.add(remedy);
    }

    List<String> remarks() {
        return List.copyOf(remarks);
    }

    List<String> understood() {
        return List.copyOf(understood);
    }

    Set<String> agents() {
        return agents;
    }

    Delivery answered() {
        return delivery(changes ? Delivery.Verdict.TAKEN : Delivery.Verdict.IGNORED, 200, String.join("; ", remarks));
    }

    /** @param why for whoever may read the log; strangers are told less */
    Delivery refused(RejectedRequest why) {
        remedies.add(remedy(why.reason()));
        return delivery(Delivery.Verdict.REFUSED, why.reason().status(), why.getMessage());
    }

    private static String remedy(RejectionReason reason) {
        return switch (reason) {
            case UNAUTHENTICATED ->
                "compare the secret or token of both sides and the sender's clock; sign the very bytes that are sent";
            case UNAVAILABLE -> "send it again";
            case METHOD, UNSUPPORTED -> "send it in the form that the connection's system takes";
            case TOO_LARGE -> "send less";
            case MALFORMED, FORBIDDEN, UNKNOWN, UNKNOWN_AGENT, CONFLICT, CHANGED, UNKNOWN_STATUS ->
                "correct the sender; the same again is refused again";
        };
    }

    private Delivery delivery(Delivery.Verdict verdict, int status, String why) {
        return new Delivery(
                connection.name(),
                call.receivedAt(),
                Delivery.Direction.IN,
                verdict,
                call.requestId(),
                purpose,
                Optional.of(status),
                understood(),
                List.copyOf(agents),
                why,
                String.join("; ", remedies),
                "",
                Duration.ZERO);
    }
}
