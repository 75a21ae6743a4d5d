package dev.lockstep.dynamics;

import dev.lockstep.dynamics.dataverse.OmnichannelApi;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Platform;
import dev.lockstep.platform.PlatformContract;
import dev.lockstep.platform.Standing;
import java.lang.reflect.Proxy;
import java.time.Instant;

class DynamicsPlatformContractTest extends PlatformContract {
    /** Planning calls nobody. */
    static OmnichannelApi nobody() {
        return (OmnichannelApi) Proxy.newProxyInstance(
                OmnichannelApi.class.getClassLoader(),
                new Class<?>[] {OmnichannelApi.class},
                (proxy, method, given) -> {
                    throw new AssertionError(method + " was called");
                });
    }

    @Override
    protected Platform platform() {
        return new DynamicsPlatform(nobody(), () -> GivenDynamics.PRESENCES, GivenDynamics.RULES, () -> Instant.EPOCH);
    }

    @Override
    protected Observation shown(Standing written, Instant now) {
        return written.ledger()
                .heldIn(DynamicsPlatform.SLOT, now)
                .map(entry -> row(entry).at(now))
                .orElseGet(() -> GivenDynamics.Row.of(GivenDynamics.AVAILABLE, Instant.EPOCH)
                        .at(now));
    }

    private static GivenDynamics.Row row(LedgerEntry entry) {
        return GivenDynamics.Row.of(entry.value(), entry.at().plusSeconds(1)).byPerson();
    }
}
