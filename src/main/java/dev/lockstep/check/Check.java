package dev.lockstep.check;

import java.util.function.Supplier;

/**
 * One thing that an administrator wants to be sure of.
 *
 * @param name in lower case with hyphens, the same for ever: scripts look for it
 * @param look may take long and may throw; whoever runs it limits and catches
 */
public record Check(String name, Supplier<Finding> look) {}
