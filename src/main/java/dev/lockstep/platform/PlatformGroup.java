package dev.lockstep.platform;

import java.util.List;

/** The platforms that one adapter connects at present; none if it is not configured. */
@FunctionalInterface
public interface PlatformGroup {
    List<Platform> platforms();
}
