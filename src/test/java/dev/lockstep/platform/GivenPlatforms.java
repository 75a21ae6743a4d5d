package dev.lockstep.platform;

import dev.lockstep.dynamics.DynamicsDescriptor;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.mapping.MappingSchema;
import dev.lockstep.teams.TeamsDescriptor;
import dev.lockstep.webhook.ApplicationDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The kinds of platform that come with Lockstep, and the mapping that ships for them. */
public final class GivenPlatforms {
    public static final PlatformCatalogue CATALOGUE = new PlatformCatalogue(
            List.of(new TeamsDescriptor(Shares.ONE), new DynamicsDescriptor(Shares.ONE), new ApplicationDescriptor()));

    public static final MappingSchema SCHEMA = CATALOGUE.mappings();

    private GivenPlatforms() {}

    public static Mapping shippedMapping() {
        return SCHEMA.shipped();
    }

    /** Everything that ships as one document. */
    public static String shippedText() {
        try (InputStream in = GivenPlatforms.class.getResourceAsStream("/mapping-default.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    + CATALOGUE.all().stream()
                            .flatMap(platform -> platform.mapping().stream())
                            .map(part -> part.platform() + ":\n"
                                    + part.shipped().get().indent(2))
                            .collect(Collectors.joining());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** With agents shared out among several applications in Dynamics. */
    public static PlatformCatalogue shared(Shares dynamics) {
        return new PlatformCatalogue(List.of(
                new TeamsDescriptor(Shares.ONE), new DynamicsDescriptor(dynamics), new ApplicationDescriptor()));
    }
}
