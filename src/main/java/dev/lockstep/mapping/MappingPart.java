package dev.lockstep.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * A platform's part of a mapping document.
 *
 * @param platform the platform's name, which is also the part's
 * @param displayName the platform's name for people
 * @param shipped what ships of this part, as YAML with {@code read} and {@code write}; read when first needed
 */
public record MappingPart(String platform, String displayName, MappingSyntax syntax, Supplier<String> shipped) {
    /**
     * A part whose shipped text is a resource.
     *
     * @param owner beside which the resource lies
     */
    public static MappingPart of(
            String platform, String displayName, MappingSyntax syntax, Class<?> owner, String resource) {
        return new MappingPart(platform, displayName, syntax, () -> text(owner, resource));
    }

    static String text(Class<?> owner, String resource) {
        try (InputStream in = owner.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not in the package");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
