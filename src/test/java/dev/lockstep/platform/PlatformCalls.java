package dev.lockstep.platform;

import java.util.function.Supplier;

/** Stands between an adapter and a simulated platform: where calls take time, fail, or are not answered. */
public interface PlatformCalls {
    /** Nothing goes wrong and nothing takes time. */
    PlatformCalls DIRECT = new PlatformCalls() {
        @Override
        public <T> T call(String platform, String agent, Supplier<T> work) {
            return work.get();
        }
    };

    /**
     * Makes a call.
     *
     * @throws PlatformException instead of the answer, before or after the work is done
     */
    <T> T call(String platform, String agent, Supplier<T> work);
}
