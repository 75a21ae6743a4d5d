package dev.lockstep.store;

class InMemoryIdentitiesTest extends IdentitiesContract {
    @Override
    public Identities empty() {
        return new InMemoryIdentities();
    }
}
