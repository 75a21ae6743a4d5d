package dev.lockstep.platform;

import java.util.List;
import java.util.function.Supplier;

/**
 * The platforms that one adapter connects.
 *
 * @param descriptor of each of them
 * @param connected those that are connected at present; none if the adapter is not configured
 */
public record PlatformGroup(PlatformDescriptor descriptor, Supplier<List<Platform>> connected) {
    /** @throws IllegalStateException if one has the name of another kind, whose limits would be taken for its own */
    List<Platform> platforms() {
        List<Platform> platforms = connected.get();
        for (Platform platform : platforms) {
            if (!descriptor.describes(platform.name())) {
                throw new IllegalStateException(platform.name() + " is not described by " + descriptor.name());
            }
        }
        return platforms;
    }
}
