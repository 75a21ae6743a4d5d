/**
 * Third-party applications that want to be told of presences, each one a platform.
 *
 * <p>Begin at {@link ApplicationPlatform}. They are told by signed CloudEvents and show nothing back.
 */
package dev.lockstep.webhook;
