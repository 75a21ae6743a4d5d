package dev.lockstep.phone;

/** Counts what phone systems tell that nobody is configured for. */
public interface PhoneMeter {
    /** @param what the line or the kind of event, as far as it may be shown */
    void unknown(String connection, String what);
}
