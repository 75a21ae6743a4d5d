package dev.lockstep.simulation;

/** The instance is gone in the middle of its work. Nothing in the product can catch it. */
final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash() {
        super("crash", null, false, false);
    }
}
