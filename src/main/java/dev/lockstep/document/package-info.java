/**
 * Documents that people write: YAML or JSON, read so that every mistake in them can be told with its place.
 *
 * <p>A document becomes a {@link dev.lockstep.document.DocumentNode} of texts. Nothing is turned into numbers or truth values
 * on the way: a line called {@code 0042}, a presence called {@code Off} and a hardware address stay what was written.
 */
package dev.lockstep.document;
