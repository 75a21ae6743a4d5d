/**
 * The triggers, one entry class for each Lambda function: parse, call, answer. Also what only a running process has:
 * real time and chance, metrics, getting ready at start.
 *
 * <p>Begin at any class that ends in {@code Function}; everything over HTTP goes through {@link HttpTrigger}. May use
 * every room, and decides nothing.
 */
package dev.lockstep.function;
