package dev.lockstep.store;

import java.util.function.Supplier;

/**
 * When the store in memory fails. The default never does.
 *
 * <p>A call is named by its table and method: {@code agents.save}.
 */
public interface StoreFaults {
    StoreFaults NONE = new StoreFaults() {};

    /** @throws StoreUnavailable to fail before anything is done */
    default void before(String call) {}

    /** @throws StoreUnavailable to fail although it was done: the answer is lost */
    default void after(String call) {}

    default <T> T around(String call, Supplier<T> work) {
        before(call);
        T result = work.get();
        after(call);
        return result;
    }

    default void run(String call, Runnable work) {
        around(call, () -> {
            work.run();
            return true;
        });
    }
}
