package dev.lockstep.store;

/** The store did not answer in time or asked to wait. Whoever sent the event must send it again: answer 503. */
public sealed class StoreUnavailable extends RuntimeException permits NewerForm {
    private static final long serialVersionUID = 1L;

    public StoreUnavailable(String what, Throwable cause) {
        super(what, cause);
    }
}
