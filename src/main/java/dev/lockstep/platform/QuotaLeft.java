package dev.lockstep.platform;

import java.time.Duration;
import java.util.Optional;

/**
 * What a platform says that is left of its quota, with an answer to anything that it was asked.
 *
 * @param requests that it still takes in its window
 * @param execution for which it still works in its window; empty where it does not say
 */
public record QuotaLeft(int requests, Optional<Duration> execution) {}
