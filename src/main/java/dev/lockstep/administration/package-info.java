/**
 * What an administrator sets: connections, lines, mappings and agents. It is checked as a whole, applied whole or not
 * at all, and read by the functions at most half a minute later.
 */
package dev.lockstep.administration;
