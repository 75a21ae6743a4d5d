/**
 * Signs Lockstep in at Microsoft Entra: tokens by certificate or client secret, kept and renewed ahead of their end,
 * and Entra's public keys.
 *
 * <p>Begin at {@link Tokens}. Nothing that is secret appears in a text form or a message.
 */
package dev.lockstep.protocol.entra;
