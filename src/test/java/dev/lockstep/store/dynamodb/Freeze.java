package dev.lockstep.store.dynamodb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes the samples of the present form, for a form that is new; those of older ones are never written again. */
final class Freeze {
    private Freeze() {}

    /** @param args where the tests' resources are */
    public static void main(String[] args) throws IOException {
        AgentItem items = new AgentItem(new StateJson());
        Path folder = Path.of(args[0], "stored", "form-" + StateJson.FORM);
        Files.createDirectories(folder);
        SortedMap<String, String> samples = new TreeMap<>();
        StoredSamples.all()
                .forEach((name, state) ->
                        samples.put(name, FrozenFormsTest.text(FrozenFormsTest.written(items, state))));
        for (Map.Entry<String, String> sample : samples.entrySet()) {
            Files.writeString(folder.resolve(sample.getKey() + ".txt"), sample.getValue());
        }
    }
}
