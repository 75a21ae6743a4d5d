/** Failures that nobody foresaw: how they are told to whoever has to find them. */
package dev.lockstep.failure;
