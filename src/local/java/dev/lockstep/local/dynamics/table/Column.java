package dev.lockstep.local.dynamics.table;

/**
 * A column of a table.
 *
 * @param name its logical name
 * @param navigation for lookups: the navigation property, whose case may differ from the name
 * @param target for lookups: the logical name of the table that it points to
 */
public record Column(String name, Kind kind, String navigation, String target) {

    public enum Kind {
        KEY("Uniqueidentifier"),
        GUID("Uniqueidentifier"),
        TEXT("String"),
        NUMBER("Integer"),
        BIG_NUMBER("BigInt"),
        YES_NO("Boolean"),
        INSTANT("DateTime"),
        CHOICE("Picklist"),
        CHOICES("Virtual"),
        LOOKUP("Lookup");

        private final String attributeType;

        Kind(String attributeType) {
            this.attributeType = attributeType;
        }

        /** {@code AttributeType} in the metadata. */
        public String attributeType() {
            return attributeType;
        }
    }

    static Column of(String name, Kind kind) {
        return new Column(name, kind, "", "");
    }

    static Column lookup(String name, String navigation, String target) {
        return new Column(name, Kind.LOOKUP, navigation, target);
    }

    boolean isLookup() {
        return kind == Kind.LOOKUP;
    }

    /** How the Web API names the property: a lookup's value is {@code _name_value}. */
    String property() {
        return isLookup() ? "_" + name + "_value" : name;
    }
}
