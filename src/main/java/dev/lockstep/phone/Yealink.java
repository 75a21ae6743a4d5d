package dev.lockstep.phone;

import dev.lockstep.configured.Connection;
import dev.lockstep.configured.LineName;
import dev.lockstep.configured.Secrets;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.protocol.http.HttpCall;
import dev.lockstep.protocol.http.RejectedRequest;
import dev.lockstep.protocol.signature.Digest;
import dev.lockstep.protocol.signature.SecretMatcher;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/**
 * Action URLs of desk phones (Yealink administrator guide, "Action URL"; Sangoma, Akuvox and Alcatel-Lucent Myriad use
 * the same names): a GET with everything in the query, authenticated by the token in it.
 *
 * <p>A phone sends no time, never repeats, and counts its calls with short numbers of its own. Its variables may be
 * empty, above all when a call ends. The remote party is never looked at.
 */
@Singleton
final class Yealink implements PhoneSystem {
    private static final int MAX_CALL_ID = 64;

    private final Secrets secrets;

    @Inject
    Yealink(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return "yealink";
    }

    @Override
    public Credential credential() {
        return Credential.TOKENS;
    }

    @Override
    public void authenticate(HttpCall call, Connection connection) {
        Credentials tokens = Credentials.of(connection.tokens(), secrets);
        if (!SecretMatcher.of(tokens.values()).matches(call.parameter("k"))) {
            throw tokens.refusing("the token is missing or wrong");
        }
    }

    @Override
    public List<LineEvidence> translate(HttpCall call, Connection connection) {
        if (!call.method().equals("GET")) {
            throw RejectedRequest.onlyWith("GET");
        }
        String event = call.parameter("ev").strip();
        if (event.isEmpty()) {
            throw RejectedRequest.malformed("the URL does not say which event it is for: ev is missing");
        }
        return List.of(PhoneKind.of(event)
                .<LineEvidence>map(kind -> said(kind, call, connection))
                .orElseGet(() -> new LineEvidence.NotUnderstood(event)));
    }

    private static LineEvidence said(PhoneKind kind, HttpCall call, Connection connection) {
        List<String> lines = lines(call);
        String line = lines.isEmpty() ? "" : lines.getFirst();
        Source source = Source.phone(connection.name());
        SourceTime moment = SourceTime.at(call.receivedAt());
        return new LineEvidence.Said(
                lines, kind.signals(new PhoneKind.About(source, moment, line, callId(call.parameter("cid")), true)));
    }

    /** The device first: it is told with every event, the account only while there is a call. */
    private static List<String> lines(HttpCall call) {
        String mac = call.parameter("mac");
        List<String> lines = new ArrayList<>(LineName.isTold(mac) ? List.of(LineName.of(mac)) : List.of());
        lines.addAll(LineName.ofAccount(call.parameter("u")));
        return lines.stream().distinct().toList();
    }

    private static String callId(String told) {
        String id = told.strip();
        if (id.startsWith("$")) {
            return "";
        }
        return id.length() > MAX_CALL_ID ? Digest.hex(id, 32) : id;
    }
}
