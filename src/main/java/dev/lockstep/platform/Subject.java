package dev.lockstep.platform;

/**
 * An agent as one platform knows them.
 *
 * @param agentId the agent's id in Lockstep
 * @param externalId the agent's id on the platform
 * @param name for people to read
 * @param team blank if the agent has none
 */
public record Subject(String agentId, String externalId, String name, String team) {}
