package dev.lockstep.store.dynamodb;

/** Is told of every call of the store, so that the calls per change can be measured and published. */
public interface StoreMeter {
    StoreMeter NONE = new StoreMeter() {
        @Override
        public void read(String table) {}

        @Override
        public void write(String table) {}
    };

    /** @param table without the installation's prefix */
    void read(String table);

    /**
     * One call, however many items it writes, and also when its condition did not hold.
     *
     * @param table without the installation's prefix
     */
    void write(String table);
}
