/**
 * The synchroniser: records what was learned, decides, writes only the difference, and settles.
 *
 * <p>Begin at {@link Synchronizer}, whose comment lists the known races. {@link Visit} is one run for one agent and
 * {@link SyncTurn} one round of it; {@link SyncPlanner} plans and calls nobody, {@link PlanExecutor} calls the platforms,
 * {@link FailurePolicy} says what a failure means, {@link Sweep} finds who is due. Knows no platform by name.
 */
package dev.lockstep.sync;
