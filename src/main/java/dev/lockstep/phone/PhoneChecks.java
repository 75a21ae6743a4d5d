package dev.lockstep.phone;

import dev.lockstep.check.Check;
import dev.lockstep.check.CheckGroup;
import dev.lockstep.check.Finding;
import dev.lockstep.configured.Connection;
import dev.lockstep.configured.Connections;
import dev.lockstep.configured.Secrets;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.protocol.signature.SigningKey;
import dev.lockstep.store.Control;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether what phone systems send can be believed and is taken. */
@Singleton
record PhoneChecks(Connections connections, Secrets secrets, Control control) implements CheckGroup {
    private static final int NAMED = 5;

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
        List<String> unusable = connections.all().stream()
                .filter(connection -> !connection.secrets().isEmpty())
                .flatMap(connection -> mistake(connection).stream())
                .toList();
        return unusable.isEmpty()
                ? Finding.ok("every signing secret of a connection can be used")
                : Finding.failed(
                        String.join("; ", unusable),
                        "store whsec_ and the base64 of 24 to 64 random bytes, as the sender shows it");
    }

    private Optional<String> mistake(Connection connection) {
        for (String reference : connection.secrets()) {
            try {
                SigningKey.of(secrets.reveal(reference));
            } catch (IllegalArgumentException e) {
                return Optional.of("a secret of " + connection.name() + " cannot be used: " + e.getMessage());
            } catch (PlatformException e) {
                return Optional.of("a secret of " + connection.name() + " cannot be read: " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    private Finding clocks() {
        return told(
                PhoneTroubles.Kind.TIME,
                "phone events tell times that can be true",
                "phone events tell times that cannot be true and count from their receipt: ",
                "let the sender write its times in UTC (RFC 3339) and keep its clock right");
    }

    private Finding refusals() {
        return told(
                PhoneTroubles.Kind.REFUSAL,
                "no phone event was refused",
                "phone events were refused, so that an end of a call may be unknown: ",
                "correct the sender: the answer to each such event says what is wrong with it");
    }

    private Finding told(PhoneTroubles.Kind kind, String good, String bad, String what) {
        List<PhoneTroubles.Trouble> all = new PhoneTroubles(control).all(kind);
        if (all.isEmpty()) {
            return Finding.ok(good);
        }
        String named = all.stream()
                .limit(NAMED)
                .map(one -> one.name().replace('_', ' ') + " on " + one.connection() + " (" + one.count() + " times)")
                .collect(Collectors.joining(", "));
        return Finding.warning(bad + named + (all.size() > NAMED ? ", …" : ""), what);
    }
}
