/**
 * Dynamics 365 Contact Center, both directions: the webhook, the poll of all rows, what is written there, and the
 * shifts of workforce management.
 *
 * <p>Begin at {@link DynamicsPlatform}; {@link DataverseWebhook} takes what is told. A platform with a single slot:
 * what we write replaces the person's status, and is put back; {@link DynamicsSlot} names what can stand in it. Calls go through {@code dynamics.dataverse}.
 */
package dev.lockstep.dynamics;
