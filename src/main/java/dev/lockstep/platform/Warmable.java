package dev.lockstep.platform;

/** An outside system whose first call takes much longer than the next ones: it needs a token and a connection. */
@FunctionalInterface
public interface Warmable {
    /**
     * Makes ready what the first call needs, by a call that changes nothing; nothing where the system is not connected.
     *
     * @throws RuntimeException like any other call of it; then the first call is merely slow
     */
    void warm();
}
