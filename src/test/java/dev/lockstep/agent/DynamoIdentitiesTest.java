package dev.lockstep.agent;

import java.time.InstantSource;

class DynamoIdentitiesTest extends IdentitiesContract {
    @Override
    Identities empty() {
        return DynamoLocal.freshStore(InstantSource.system(), StoreMeter.NONE).identities();
    }
}
