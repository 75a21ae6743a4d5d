package dev.lockstep.store.dynamodb;

import dev.lockstep.store.Identities;
import dev.lockstep.store.IdentitiesContract;
import java.time.InstantSource;

class DynamoIdentitiesTest extends IdentitiesContract {
    @Override
    public Identities empty() {
        return DynamoLocal.freshStore(InstantSource.system(), StoreMeter.NONE).identities();
    }
}
