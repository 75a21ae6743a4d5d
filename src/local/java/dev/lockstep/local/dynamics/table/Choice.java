package dev.lockstep.local.dynamics.table;

/** A value of a choice column with its label. */
public record Choice(int value, String label) {
    public static final Choice ACTIVE = new Choice(0, "Active");
    static final Choice INACTIVE = new Choice(1, "Inactive");
}
