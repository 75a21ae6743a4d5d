package dev.lockstep.board;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateLocator;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The pages' templates without Quarkus, with the same escaping: it goes by the type of content. */
public final class BoardTemplate {
    private static final Engine ENGINE = Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
            .addLocator(BoardTemplate::located)
            .build();

    private BoardTemplate() {}

    public static BoardTemplates all() {
        return new BoardTemplates(
                read("board/page.html"),
                read("board/agent.html"),
                read("board/capacity.html"),
                read("board/style.txt"),
                read("board/script.txt"));
    }

    /** @param name as the product's own code has it */
    public static Template read(String name) {
        return ENGINE.getTemplate(name);
    }

    private static Optional<TemplateLocator.TemplateLocation> located(String name) {
        try (InputStream text = BoardTemplate.class.getResourceAsStream("/templates/" + name)) {
            return text == null
                    ? Optional.empty()
                    : Optional.of(new Located(name, new String(text.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private record Located(String name, String text) implements TemplateLocator.TemplateLocation {
        @Override
        public Reader read() {
            return new StringReader(text);
        }

        @Override
        public Optional<Variant> getVariant() {
            return Optional.of(Variant.forContentType(name.endsWith(".html") ? Variant.TEXT_HTML : Variant.TEXT_PLAIN));
        }
    }
}
