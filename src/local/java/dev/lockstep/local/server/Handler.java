package dev.lockstep.local.server;

/** Does one route's work. */
@FunctionalInterface
public interface Handler {
    Reply handle(Request request);
}
