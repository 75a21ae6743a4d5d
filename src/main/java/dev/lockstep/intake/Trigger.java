package dev.lockstep.intake;

/**
 * What made us look at an agent.
 *
 * @param name the function, or what it looked at, as the timeline and the metrics name it
 * @param correlationId of the one thing outside that everything goes back to: a request, a message of Dataverse, one run
 *     of a schedule. What is tried again keeps it, so that one search of the logs shows the whole way of an event.
 * @param hops how many messages of the retry queue lie between that and this
 * @param by whose token asked for it, with their name where the token tells it; blank where nobody was asked for one
 */
public record Trigger(String name, String correlationId, int hops, String by) {
    public Trigger(String name, String correlationId) {
        this(name, correlationId, 0, "");
    }

    public Trigger by(String holder) {
        return new Trigger(name, correlationId, hops, holder);
    }
}
