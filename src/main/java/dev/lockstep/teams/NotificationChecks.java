package dev.lockstep.teams;

import dev.lockstep.platform.Secrets;
import dev.lockstep.platform.check.Check;
import dev.lockstep.platform.check.CheckGroup;
import dev.lockstep.platform.check.Finding;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** Whether Graph's change notifications can be taken, where they are used at all. */
@Singleton
class NotificationChecks implements CheckGroup {
    private final NotificationSettings settings;
    private final NotificationKeys keys;

    @Inject
    NotificationChecks(NotificationSettings settings, Secrets secrets) {
        this.settings = settings;
        this.keys = new NotificationKeys(settings, secrets);
    }

    @Override
    public List<Check> checks() {
        return List.of(new Check("teams-notifications", this::look));
    }

    private Finding look() {
        if (settings.clientState().filter(states -> !states.isEmpty()).isEmpty()) {
            return Finding.skipped("Teams is polled; change notifications are not used", "");
        }
        int configured = settings.notificationKeys().orElse(List.of()).size();
        int usable = keys.usable();
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
