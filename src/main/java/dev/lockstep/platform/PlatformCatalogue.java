package dev.lockstep.platform;

import dev.lockstep.mapping.MappingSchema;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every kind of platform that Lockstep knows, connected or not, in the order of their names. */
@Singleton
public final class PlatformCatalogue {
    private final List<PlatformDescriptor> all;
    private final MappingSchema mappings;

    /** @throws IllegalArgumentException if two have the same name */
    @Inject
    public PlatformCatalogue(@All List<PlatformDescriptor> descriptors) {
        this.all = descriptors.stream()
                .sorted(Comparator.comparing(PlatformDescriptor::name))
                .toList();
        if (all.stream().map(PlatformDescriptor::name).distinct().count() < all.size()) {
            throw new IllegalArgumentException("two kinds of platform have the same name: "
                    + String.join(
                            ", ", all.stream().map(PlatformDescriptor::name).toList()));
        }
        this.mappings = new MappingSchema(
                all.stream().flatMap(one -> one.mapping().stream()).toList());
    }

    public List<PlatformDescriptor> all() {
        return all;
    }

    /** The kind that a platform of this name is of. */
    public Optional<PlatformDescriptor> describing(String platform) {
        return all.stream().filter(one -> one.describes(platform)).findFirst();
    }

    /** What people call it; one of several is named after its kind, as in {@code Application crm}. */
    public String displayName(String platform) {
        return describing(platform)
                .map(kind -> kind.displayName()
                        + platform.substring(kind.name().length()).replaceFirst(":", " "))
                .orElse(platform);
    }

    /** The names of those on which agents have an id of their own. */
    public List<String> withIdentities() {
        return all.stream()
                .filter(one -> one.identities().isPresent())
                .map(PlatformDescriptor::name)
                .toList();
    }

    /** How an agent's id is written on the platform of exactly this name; empty if agents have none there. */
    public Optional<IdentityForm> identities(String platform) {
        return all.stream()
                .filter(one -> one.name().equals(platform))
                .findFirst()
                .flatMap(PlatformDescriptor::identities);
    }

    /** An agent's id on that platform as everybody writes it; in lower case where no form is known. */
    public String spelled(String platform, String id) {
        return identities(platform).map(form -> form.spelled(id)).orElseGet(() -> IdentityForm.lowerCase(id));
    }

    /** Those that know an agent by their object id in Microsoft Entra. */
    public List<PlatformDescriptor> byEntraObjectId() {
        return all.stream()
                .filter(one -> one.identities()
                        .filter(form -> form.issuer() == IdentityForm.Issuer.ENTRA)
                        .isPresent())
                .toList();
    }

    /** How identities are written, as examples: {@code dynamics#<systemuserid>}. */
    public Stream<String> exampleIdentities() {
        return all.stream().flatMap(one -> one.identities().stream().map(form -> one.name() + "#" + form.example()));
    }

    /** What a mapping document may hold. */
    public MappingSchema mappings() {
        return mappings;
    }
}
