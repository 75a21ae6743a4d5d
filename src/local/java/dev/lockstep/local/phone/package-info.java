/**
 * A simulated desk phone and a simulated phone system. Its signatures are written a second time on purpose, so that
 * the product's own are held against another hand's.
 */
package dev.lockstep.local.phone;
