/**
 * Small machines for time and threads that several rooms need: a value that is read anew at an age, tasks side by side
 * with a deadline, waiting.
 *
 * <p>Clock and threads are given from outside, so that tests and simulation hold them in their hands.
 */
package dev.lockstep.concurrent;
