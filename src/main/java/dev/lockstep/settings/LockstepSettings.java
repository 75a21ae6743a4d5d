package dev.lockstep.settings;

/**
 * The settings below one prefix. Every mapping of {@code lockstep} or of a name below it extends this, so that whatever
 * none of them knows can be refused when a function starts.
 */
public interface LockstepSettings {}
