/**
 * What is stored, as ports: agents, identities, documents, timeline, small shared values.
 *
 * <p>Begin at {@link AgentStore}. Every method throws {@link StoreUnavailable} if the store did not answer. One
 * contract suite for each port holds every implementation to the same promises.
 */
package dev.lockstep.store;
