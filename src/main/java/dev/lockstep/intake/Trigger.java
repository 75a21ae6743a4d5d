package dev.lockstep.intake;

/**
 * What made us look at an agent.
 *
 * @param name the function, or what it looked at, as the timeline and the metrics name it
 * @param correlationId of the one thing outside that everything goes back to: a request, a message of Dataverse, one run
 *     of a schedule. What is tried again keeps it, so that one search of the logs shows the whole way of an event.
 */
public record Trigger(String name, String correlationId) {}
