package dev.lockstep.phone;

import dev.lockstep.check.Check;
import dev.lockstep.check.CheckGroup;
import dev.lockstep.check.Finding;
import dev.lockstep.configured.Connection;
import dev.lockstep.configured.Connections;
import dev.lockstep.configured.Secrets;
import dev.lockstep.intake.LastTime;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.signature.SigningKey;
import dev.lockstep.store.Control;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether what phone systems send can be believed and is taken. */
@Singleton
record PhoneChecks(Connections connections, Secrets secrets, Control control) implements CheckGroup {
    private static final int NAMED = 5;

    private static final String HEX =
            "a secret looks like hexadecimal digits, which are base64 too and are read as that";
    private static final String HEX_FIX =
            "if the sender's signatures do not fit, it signs with other bytes: store whsec_ and "
                    + "the base64 of the bytes that the digits spell, or of the digits as they are written (echo whsec_$(printf %s"
                    + " <digits> | base64 -w0))";

    @Inject
    PhoneChecks {}

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("phone-secrets", this::usableSecrets),
                new Check("phone-clocks", this::clocks),
                new Check("phone-refusals", this::refusals));
    }

    private Finding usableSecrets() {
        List<Known> known = known();
        List<String> wrong = Stream.concat(
                        known.stream().flatMap(one -> one.mistake().stream()), shared(known).stream())
                .distinct()
                .toList();
        if (!wrong.isEmpty()) {
            return Finding.failed(
                    String.join("; ", wrong),
                    "store whsec_ and the base64 of 24 to 64 random bytes, as the sender shows it, another for each"
                            + " connection");
        }
        List<String> hex = withHex(known);
        return hex.isEmpty()
                ? Finding.ok("every signing secret of a connection can be used")
                : Finding.warning(String.join(", ", hex) + ": " + HEX, HEX_FIX);
    }

    /**
     * A secret of a connection, as far as it can be read.
     *
     * @param key empty if there is a mistake
     */
    private record Known(String connection, Optional<SigningKey> key, boolean hex, Optional<String> mistake) {
        private static Known wrong(Connection connection, String how) {
            String message = "a secret of " + connection.name() + " cannot be " + how;
            return new Known(connection.name(), Optional.empty(), false, Optional.of(message));
        }
    }

    private List<Known> known() {
        return connections.all().stream()
                .flatMap(connection -> connection.secrets().stream().map(reference -> known(connection, reference)))
                .toList();
    }

    private Known known(Connection connection, String reference) {
        try {
            String secret = secrets.reveal(reference);
            Optional<SigningKey> key = Optional.of(SigningKey.of(secret));
            return new Known(connection.name(), key, SigningKey.looksLikeHex(secret), Optional.empty());
        } catch (IllegalArgumentException e) {
            return Known.wrong(connection, "used: " + e.getMessage());
        } catch (PlatformException e) {
            return Known.wrong(connection, "read: " + e.getMessage());
        }
    }

    /** Two references may lead to one value, which only whoever may read them can see. */
    private static List<String> shared(List<Known> known) {
        List<String> shared = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            Known one = known.get(i);
            known.subList(i + 1, known.size()).stream()
                    .filter(other -> !other.connection().equals(one.connection()))
                    .filter(other -> one.key()
                            .filter(key -> other.key().filter(key::isSameAs).isPresent())
                            .isPresent())
                    .forEach(other -> shared.add(one.connection() + " and " + other.connection()
                            + " have the same secret, so that what is signed for one can be sent to the other"));
        }
        return shared;
    }

    private static List<String> withHex(List<Known> known) {
        return known.stream()
                .filter(Known::hex)
                .map(Known::connection)
                .distinct()
                .toList();
    }

    private Finding clocks() {
        return told(
                PhoneTroubles.Kind.TIME,
                "phone events tell times that can be true",
                "phone events tell times that cannot be true and count from their receipt: ",
                "let the sender write its times in UTC (RFC 3339) and keep its clock right");
    }

    private Finding refusals() {
        Set<String> forged = new PhoneTroubles(control)
                .all(PhoneTroubles.Kind.REFUSAL).stream()
                        .filter(one -> one.name().equals(PhoneTroubles.shown(Generic.FORGED)))
                        .map(PhoneTroubles.Trouble::connection)
                        .collect(Collectors.toSet());
        // Secrets are read only where one of them may be the reason.
        boolean hint = !forged.isEmpty() && withHex(known()).stream().anyMatch(forged::contains);
        String what = "correct the sender: the answer to each such event says what is wrong with it";
        return told(
                PhoneTroubles.Kind.REFUSAL,
                "no phone event was refused",
                "phone events were refused, so that an end of a call may be unknown: ",
                hint ? what + "; " + HEX + ": " + HEX_FIX : what);
    }

    private Finding told(PhoneTroubles.Kind kind, String good, String bad, String what) {
        List<PhoneTroubles.Trouble> all = new PhoneTroubles(control).all(kind);
        if (all.isEmpty()) {
            return LastTime.heard(control, PhoneWebhook.SOURCE).isNoted()
                    ? Finding.ok(good)
                    : Finding.skipped("no phone event was taken yet", "");
        }
        String named = all.stream()
                .limit(NAMED)
                .map(one -> one.name().replace('_', ' ') + " on " + one.connection() + " (" + one.count() + " times)")
                .collect(Collectors.joining(", "));
        return Finding.warning(bad + named + (all.size() > NAMED ? ", …" : ""), what);
    }
}
