/** A simulated third-party application: checks what it is told and remembers it. */
package dev.lockstep.local.application;
