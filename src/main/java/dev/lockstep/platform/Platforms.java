package dev.lockstep.platform;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The platforms that are connected at present, of all adapters. */
@FunctionalInterface
public interface Platforms {
    List<Platform> all();

    default List<ReadablePlatform> readable() {
        return all().stream()
                .flatMap(platform ->
                        platform instanceof ReadablePlatform readable ? Stream.of(readable) : Stream.empty())
                .toList();
    }

    default Optional<Platform> named(String name) {
        return all().stream().filter(platform -> platform.name().equals(name)).findFirst();
    }

    /** Those of the adapters' groups, asked anew each time: connections come and go. */
    static Platforms of(List<PlatformGroup> groups) {
        return () ->
                groups.stream().flatMap(group -> group.platforms().stream()).toList();
    }
}
