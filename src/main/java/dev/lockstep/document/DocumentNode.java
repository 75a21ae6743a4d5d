package dev.lockstep.document;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A document, or a part of one. */
public sealed interface DocumentNode {
    SourceLocation place();

    /** What it is, in words for a message. */
    String kind();

    /** Names with what they hold, in the order in which they were written, each name once. */
    record Fields(List<Field> fields, SourceLocation place) implements DocumentNode {
        public Fields {
            fields = List.copyOf(fields);
        }

        @Override
        public String kind() {
            return "names with values";
        }

        /** What a name holds; a name that holds nothing counts as not there. */
        public Optional<DocumentNode> get(String name) {
            return field(name).map(Field::value).filter(value -> !(value instanceof Empty));
        }

        public Optional<Field> field(String name) {
            return fields.stream().filter(field -> field.name().equals(name)).findFirst();
        }

        public List<String> names() {
            return fields.stream().map(Field::name).toList();
        }
    }

    /** A list. */
    record Sequence(List<DocumentNode> items, SourceLocation place) implements DocumentNode {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Text, a number or a truth value, as it was written. */
    record Scalar(String text, SourceLocation place) implements DocumentNode {
        @Override
        public String kind() {
            return "\"" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "\"";
        }

        public boolean isTrue() {
            return text.strip().toLowerCase(Locale.ROOT).equals("true");
        }
    }

    /** A name that holds nothing, or {@code null}. */
    record Empty(SourceLocation place) implements DocumentNode {
        @Override
        public String kind() {
            return "nothing";
        }
    }

    /** One name with what it holds; its place is that of the name. */
    record Field(String name, DocumentNode value, SourceLocation place) {}
}
