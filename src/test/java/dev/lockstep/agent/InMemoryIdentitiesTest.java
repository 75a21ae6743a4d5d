package dev.lockstep.agent;

class InMemoryIdentitiesTest extends IdentitiesContract {
    @Override
    Identities empty() {
        return new InMemoryIdentities();
    }
}
