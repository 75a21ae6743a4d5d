/**
 * The synchroniser: records what was learned, decides, writes only the difference, and settles.
 *
 * <p>Begin at {@link Synchronizer}, whose comment lists the known races. {@link SyncPlanner} plans and calls nobody,
 * {@link PlanExecutor} calls the platforms, {@link Sweep} finds who is due. Knows no platform by name.
 */
package dev.lockstep.sync;
