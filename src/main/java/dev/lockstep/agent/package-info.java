/**
 * Who an agent is, and all that is kept of them: one item for each agent.
 *
 * <p>Begin at {@link AgentState}. {@link AgentView} is the small part that boards and applications are shown. Values
 * only: nothing here stores, decides or calls.
 */
package dev.lockstep.agent;
