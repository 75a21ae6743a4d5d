/**
 * A simulated Dynamics 365 Contact Center behind Dataverse's Web API.
 *
 * <p>Begin at {@link SimulatedDataverse}. It follows what is documented of the real one: a model of presence and
 * routing, tables, the Web API, and webhooks that come late, once more and in no order.
 */
package dev.lockstep.local.dynamics;
