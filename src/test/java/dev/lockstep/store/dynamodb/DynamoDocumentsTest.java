package dev.lockstep.store.dynamodb;

import dev.lockstep.store.Documents;
import dev.lockstep.store.DocumentsContract;
import java.time.InstantSource;

class DynamoDocumentsTest extends DocumentsContract {
    @Override
    public Documents empty() {
        return DynamoLocal.freshStore(InstantSource.system(), StoreMeter.NONE).documents();
    }
}
