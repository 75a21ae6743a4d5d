package dev.lockstep.protocol.http;

/** Counts what endpoints did not take. */
public interface EdgeMeter {
    /** A call, or a part of one, was not taken. */
    void refused(String endpoint, String reason);

    /** Something that nobody foresaw. */
    void failed(String endpoint);
}
