package dev.lockstep.store;

class InMemoryDocumentsTest extends DocumentsContract {
    @Override
    public Documents empty() {
        return new InMemoryDocuments();
    }
}
