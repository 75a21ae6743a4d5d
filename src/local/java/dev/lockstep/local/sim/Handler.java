package dev.lockstep.local.sim;

/** Does one route's work. */
@FunctionalInterface
public interface Handler {
    Reply handle(Request request);
}
