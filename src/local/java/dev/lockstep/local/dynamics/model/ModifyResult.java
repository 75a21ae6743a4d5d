package dev.lockstep.local.dynamics.model;

/** What became of a request to set a representative's presence. */
public enum ModifyResult {
    DONE,
    /** No such representative, or not signed in: the platform tells neither from the other. */
    NOT_FOUND,
    /** No such presence, an inactive one, or one that may not be set. */
    BAD_PRESENCE
}
