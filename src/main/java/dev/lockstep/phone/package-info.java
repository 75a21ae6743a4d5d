/**
 * Phone systems that call us: desk phones' action URLs, and any system by signed CloudEvents.
 *
 * <p>Begin at {@link PhoneWebhook}; each kind is a {@link PhoneSystem}, found as a bean. Only authenticated calls are
 * read, and the remote party is never looked at.
 */
package dev.lockstep.phone;
