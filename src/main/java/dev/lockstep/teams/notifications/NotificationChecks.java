package dev.lockstep.teams.notifications;

import dev.lockstep.check.Check;
import dev.lockstep.check.CheckGroup;
import dev.lockstep.check.Expiring;
import dev.lockstep.check.Finding;
import dev.lockstep.configured.Secrets;
import dev.lockstep.store.Control;
import dev.lockstep.teams.subscriptions.SubscriptionRecord;
import dev.lockstep.teams.subscriptions.SubscriptionRecord.Made;
import dev.lockstep.teams.subscriptions.SubscriptionSettings;
import dev.lockstep.teams.subscriptions.Subscriptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whether Graph's change notifications can be taken, where they are used at all. */
@Singleton
public class NotificationChecks implements CheckGroup, Expiring {
    private final NotificationSettings settings;
    private final SubscriptionSettings subscriptions;
    private final NotificationKeys keys;
    private final SubscriptionRecord memory;

    @Inject
    public NotificationChecks(
            NotificationSettings settings, SubscriptionSettings subscriptions, Secrets secrets, Control control) {
        this.settings = settings;
        this.subscriptions = subscriptions;
        this.keys = new NotificationKeys(settings, secrets);
        this.memory = new SubscriptionRecord(control);
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("teams-notifications", this::look), new Check("teams-subscriptions", this::subscribed));
    }

    /** The newest certificate's: those before it are being replaced. */
    @Override
    public Optional<Instant> end() {
        return keys.certificates().stream()
                .map(NotificationKeys.Certificate::end)
                .max(Comparator.naturalOrder());
    }

    private Finding subscribed() {
        if (Subscriptions.serviceUsers(subscriptions).isEmpty()) {
            return Finding.skipped("Teams is polled; there are no service users for subscriptions", "");
        }
        Collection<Made> alive = memory.all();
        return alive.stream()
                .map(Made::end)
                .min(Comparator.naturalOrder())
                .map(first -> Finding.ok(alive.size() + " subscriptions watch "
                        + alive.stream().mapToInt(Made::agents).sum() + " agents; the first one ends at " + first))
                .orElseGet(() -> Finding.failed(
                        "no subscription is alive; changes in Teams are found by polling only",
                        "run teams-subscriptions and read its answer; look whether its schedule is on"));
    }

    private Finding look() {
        if (settings.clientState().filter(states -> !states.isEmpty()).isEmpty()) {
            return Finding.skipped("Teams is polled; change notifications are not used", "");
        }
        int configured = settings.notificationKeys().orElse(List.of()).size();
        int usable = keys.certificates().size();
        if (usable < configured) {
            return Finding.failed(
                    (configured - usable) + " of " + configured + " keys for encrypted notifications cannot be used",
                    "store each as PEM with its certificate, or as PKCS12, and let the function read it");
        }
        return usable == 0
                ? Finding.warning(
                        "only notifications without content can be taken", "set lockstep.teams.notification-keys")
                : Finding.ok("change notifications are taken; keys for encrypted ones: " + usable);
    }
}
