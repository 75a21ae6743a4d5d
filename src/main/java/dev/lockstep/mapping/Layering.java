package dev.lockstep.mapping;

import dev.lockstep.document.Mistakes;
import dev.lockstep.document.Path;
import dev.lockstep.document.Tree;
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
 */
record Layering(Mistakes mistakes) {
    Tree.Branch over(Tree.Branch base, Tree document) {
        return switch (document) {
            case Tree.Branch branch -> join(base, branch, Level.DOCUMENT, Path.ROOT);
            case Tree.Nothing nothing -> base;
            case Tree.Items items -> refuse(base, items);
            case Tree.Text text -> refuse(base, text);
        };
    }

    private Tree.Branch refuse(Tree.Branch base, Tree document) {
        mistakes.add(document.place(), "", "a mapping holds order, dynamics and teams, not " + document.kind());
        return base;
    }

    private Tree.Branch join(Tree.Branch base, Tree.Branch over, Level level, Path path) {
        Map<String, Tree.Field> fields = new LinkedHashMap<>();
        base.fields().forEach(field -> fields.put(level.plain(field.name()), field));
        Map<String, String> given = new LinkedHashMap<>();
        for (Tree.Field field : over.fields()) {
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
        List<Tree.Field> all = new ArrayList<>(fields.values());
        return new Tree.Branch(all, over.fields().isEmpty() ? base.place() : over.place());
    }

    private Tree.Field joined(Tree.Field old, Tree.Field news, Level level, Path path) {
        if (old.value() instanceof Tree.Branch below && news.value() instanceof Tree.Branch above) {
            return new Tree.Field(news.name(), join(below, above, level, path), news.place());
        }
        // "dynamics:" with nothing behind it, in the document's upper parts, is a heading without content.
        boolean heading = news.value() instanceof Tree.Nothing && level.isHeading();
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
