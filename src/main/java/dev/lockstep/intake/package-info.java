/**
 * The door between triggers and the synchroniser: whoever learned something of an agent hands it in here.
 *
 * <p>Begin at {@link EvidenceIntake}; a {@link Trigger} says what brought the news and carries its correlation id. Triggers know this room and not {@code sync}.
 */
package dev.lockstep.intake;
