/**
 * Subscriptions of the simulated Graph and its notifications: encrypted, repeated, late, and dropped for receivers
 * that are slow.
 */
package dev.lockstep.local.teams.notifications;
