package dev.lockstep.protocol.entra;

import dev.lockstep.check.Check;
import dev.lockstep.check.Finding;
import java.util.function.Supplier;

/** Makes checks that need our application in Entra: they are skipped while none is configured. */
public record EntraCheck(EntraSettings settings) {
    public Check of(String name, Supplier<Finding> look) {
        return new Check(
                name,
                () -> settings.clientId().isPresent()
                        ? look.get()
                        : Finding.skipped(
                                "no application is configured",
                                "set lockstep.entra.client-id and its tenant and credential"));
    }
}
