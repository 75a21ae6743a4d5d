package dev.lockstep.store;

/**
 * A newer version stored the item in a form that this one cannot read. It is left alone; whoever sent the event must
 * send it again, and the newer version will answer.
 */
public final class NewerForm extends StoreUnavailable {
    private static final long serialVersionUID = 1L;

    /**
     * @param form of the item
     * @param known the newest that this version reads
     */
    public NewerForm(String agentId, long form, long known) {
        super("agent " + agentId + " is stored in form " + form + ", this version reads up to " + known, null);
    }
}
