package dev.lockstep.agent;

class InMemoryDocumentsTest extends DocumentsContract {
    @Override
    Documents empty() {
        return new InMemoryDocuments();
    }
}
