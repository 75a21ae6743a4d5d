package dev.lockstep.document;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A document, or a part of one. */
public sealed interface Tree {
    Place place();

    /** What it is, in words for a message. */
    String kind();

    /** Names with what they hold, in the order in which they were written, each name once. */
    record Branch(List<Field> fields, Place place) implements Tree {
        public Branch {
            fields = List.copyOf(fields);
        }

        @Override
        public String kind() {
            return "names with values";
        }

        /** What a name holds; a name that holds nothing counts as not there. */
        public Optional<Tree> get(String name) {
            return field(name).map(Field::value).filter(value -> !(value instanceof Nothing));
        }

        public Optional<Field> field(String name) {
            return fields.stream().filter(field -> field.name().equals(name)).findFirst();
        }

        public List<String> names() {
            return fields.stream().map(Field::name).toList();
        }
    }

    /** A list. */
    record Items(List<Tree> items, Place place) implements Tree {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Text, a number or a truth value, as it was written. */
    record Text(String text, Place place) implements Tree {
        @Override
        public String kind() {
            return "\"" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "\"";
        }

        public boolean isTrue() {
            return text.strip().toLowerCase(Locale.ROOT).equals("true");
        }
    }

    /** A name that holds nothing, or {@code null}. */
    record Nothing(Place place) implements Tree {
        @Override
        public String kind() {
            return "nothing";
        }
    }

    /** One name of a branch; its place is that of the name. */
    record Field(String name, Tree value, Place place) {}
}
