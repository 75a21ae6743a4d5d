/**
 * What a check of the installation looks like. Each room that has something to check brings a {@link CheckGroup} as a
 * bean, and the doctor finds it.
 *
 * <p>Knows nobody, so that every room may use it.
 */
package dev.lockstep.check;
