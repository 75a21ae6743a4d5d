package dev.lockstep.mapping;

import dev.lockstep.document.Diagnostics;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.KeyPath;
import dev.lockstep.presence.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays one document over another: names with values are joined name by name, everything else is replaced. Each part
 * keeps its place, so a mistake is told where it was written.
 *
 * <p>Names that mean the same are the same name: a platform's names in any case, statuses however they are joined.
 *
 * @param parts every name that may stand at the top
 */
record DocumentOverlay(List<String> parts, Diagnostics mistakes) {
    DocumentNode.Fields over(DocumentNode.Fields base, DocumentNode document) {
        return switch (document) {
            case DocumentNode.Fields branch -> join(base, branch, Level.DOCUMENT, KeyPath.ROOT);
            case DocumentNode.Empty nothing -> base;
            case DocumentNode.Sequence items -> refuse(base, items);
            case DocumentNode.Scalar text -> refuse(base, text);
        };
    }

    private DocumentNode.Fields refuse(DocumentNode.Fields base, DocumentNode document) {
        mistakes.add(document.place(), "", "a mapping holds " + named() + ", not " + document.kind());
        return base;
    }

    /** {@code order, dynamics and teams} */
    private String named() {
        String last = parts.size() > 1 ? " and " + parts.getLast() : "";
        return String.join(", ", parts.subList(0, Math.max(1, parts.size() - 1))) + last;
    }

    private DocumentNode.Fields join(DocumentNode.Fields base, DocumentNode.Fields over, Level level, KeyPath path) {
        Map<String, DocumentNode.Field> fields = new LinkedHashMap<>();
        base.fields().forEach(field -> fields.put(level.plain(field.name()), field));
        Map<String, String> given = new LinkedHashMap<>();
        for (DocumentNode.Field field : over.fields()) {
            String name = level.plain(field.name());
            String before = given.putIfAbsent(name, field.name());
            if (before != null) {
                String message = "\"" + field.name() + "\" and \"" + before + "\" are the same; keep one";
                mistakes.add(field.place(), path.key(field.name()).text(), message);
            } else {
                Level inner = level.inside(field.name());
                fields.merge(name, field, (old, news) -> joined(old, news, inner, path.key(field.name())));
            }
        }
        List<DocumentNode.Field> all = new ArrayList<>(fields.values());
        return new DocumentNode.Fields(all, over.fields().isEmpty() ? base.place() : over.place());
    }

    private DocumentNode.Field joined(DocumentNode.Field old, DocumentNode.Field news, Level level, KeyPath path) {
        if (old.value() instanceof DocumentNode.Fields below && news.value() instanceof DocumentNode.Fields above) {
            return new DocumentNode.Field(news.name(), join(below, above, level, path), news.place());
        }
        // "dynamics:" with nothing behind it, in the document's upper parts, is a heading without content.
        boolean heading = news.value() instanceof DocumentNode.Empty && level.isHeading();
        return heading ? old : news;
    }

    /** Where in a document one is, which decides when two names are the same. */
    private enum Level {
        DOCUMENT,
        PLATFORM,
        READ,
        WRITE,
        LEAF;

        Level inside(String name) {
            return switch (this) {
                case DOCUMENT -> PLATFORM;
                case PLATFORM -> name.equals("write") ? WRITE : READ;
                case READ, WRITE, LEAF -> LEAF;
            };
        }

        String plain(String name) {
            return switch (this) {
                case DOCUMENT, PLATFORM, LEAF -> name;
                case READ -> Mapping.folded(name);
                case WRITE -> Status.of(name).map(Status::label).orElse(name);
            };
        }

        /** Whether the thing inside this level still is a set of names. */
        boolean isHeading() {
            return this != LEAF;
        }
    }
}
