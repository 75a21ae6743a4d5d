/**
 * What an outside system looks like to the synchroniser: an adapter implements {@link Platform}, and
 * {@link ReadablePlatform} where it can be read.
 *
 * <p>An adapter says what it is by a {@link PlatformDescriptor} and what is connected by a {@link PlatformGroup}.
 * {@link Standing} is where one agent stands on one platform. Knows statuses and mappings, and no platform by name.
 */
package dev.lockstep.platform;
