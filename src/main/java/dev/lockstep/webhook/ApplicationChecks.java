package dev.lockstep.webhook;

import dev.lockstep.check.Check;
import dev.lockstep.check.CheckGroup;
import dev.lockstep.check.Finding;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether the third-party applications take what they are told. */
@Singleton
record ApplicationChecks(Applications applications) implements CheckGroup {
    @Inject
    ApplicationChecks {}

    @Override
    public List<Check> checks() {
        return List.of(new Check("application-subscriptions", this::subscriptions));
    }

    private Finding subscriptions() {
        Map<String, Instant> ended = new TreeMap<>();
        List<ApplicationPlatform> all = applications.configured();
        all.forEach(
                one -> one.endedAt().ifPresent(at -> ended.put(one.connection().name(), at)));
        if (!ended.isEmpty()) {
            return Finding.failed(
                    "applications want no more messages (410) and are told nothing: "
                            + ended.entrySet().stream()
                                    .map(one -> one.getKey() + " since " + one.getValue())
                                    .collect(Collectors.joining(", ")),
                    ApplicationSubscription.REMEDY);
        }
        return all.isEmpty()
                ? Finding.skipped("no application is configured", "")
                : Finding.ok("no application has ended its subscription");
    }
}
