/** Starts the laptop world in a process of its own and ends it with the one that asked for it. */
package dev.lockstep.local.launch;
