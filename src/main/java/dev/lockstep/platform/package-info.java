/**
 * What an outside system looks like to the synchroniser: an adapter implements {@link Platform}, and
 * {@link ReadablePlatform} where it can be read.
 *
 * <p>{@link Standing} is where one agent stands on one platform. Knows statuses and mappings, and no platform by name.
 */
package dev.lockstep.platform;
