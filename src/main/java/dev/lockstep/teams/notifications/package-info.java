/**
 * Takes Graph's change notifications: handshake, proof of origin, decryption, lifecycle.
 *
 * <p>Begin at {@link TeamsWebhook}. Optional: polling finds what no notification told. A forger is answered like
 * everybody else and changes nothing.
 */
package dev.lockstep.teams.notifications;
