/**
 * Registered webhooks of the simulated Dataverse and how they are delivered: asynchronous, out of order, repeated
 * once.
 *
 * <p>Begin at {@link WebhookEngine}.
 */
package dev.lockstep.local.dynamics.webhook;
