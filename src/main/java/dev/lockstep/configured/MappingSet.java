package dev.lockstep.configured;

import dev.lockstep.document.Diagnostic;
import dev.lockstep.mapping.Mapping;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.mapping.MappingInvalid;
import dev.lockstep.mapping.MappingSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Makes mappings out of stored texts. A text that cannot be used is skipped and the next wider one decides: a mistake in
 * a document must never stop the synchronization.
 *
 * @param schema what a document may hold
 * @param complaints told of every scope whose documents cannot be used as they are
 */
public record MappingSet(MappingSchema schema, BiConsumer<String, List<Diagnostic>> complaints) {
    /**
     * @param lastGood what this scope had before; better than a mapping without the broken part
     */
    public Mapping of(String scope, Map<String, String> texts, Optional<Mapping> lastGood) {
        List<MappingDocument> layers = layers(scope, texts);
        try {
            return schema.mapping(layers);
        } catch (MappingInvalid invalid) {
            complaints.accept(scope, invalid.mistakes());
            return lastGood.orElseGet(() -> withoutTheBroken(layers));
        }
    }

    private static List<MappingDocument> layers(String scope, Map<String, String> texts) {
        List<MappingDocument> layers = new ArrayList<>();
        for (String layer : List.of(MappingDocument.DEFAULT, scope)) {
            boolean again = layers.stream().anyMatch(before -> before.scope().equals(layer));
            if (texts.containsKey(layer) && !again) {
                layers.add(MappingDocument.read(layer, texts.get(layer)));
            }
        }
        return layers;
    }

    /** The widest usable layer alone, or what ships. */
    private Mapping withoutTheBroken(List<MappingDocument> layers) {
        for (MappingDocument layer : layers) {
            MappingSchema.Checked alone = schema.check(List.of(layer));
            if (alone.mistakes().isEmpty()) {
                return alone.mapping();
            }
        }
        return schema.shipped();
    }
}
