package dev.lockstep.board;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The pages' templates without Quarkus, with the same escaping: it goes by the type of content. */
public final class BoardTemplate {
    private BoardTemplate() {}

    public static Template read() {
        return read("board/page.html");
    }

    /** @param name as the product's own code has it */
    public static Template read(String name) {
        try (InputStream text = BoardTemplate.class.getResourceAsStream("/templates/" + name)) {
            return Engine.builder()
                    .addDefaults()
                    .addValueResolver(new ReflectionValueResolver())
                    .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
                    .build()
                    .parse(
                            new String(text.readAllBytes(), StandardCharsets.UTF_8),
                            Variant.forContentType(Variant.TEXT_HTML));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
