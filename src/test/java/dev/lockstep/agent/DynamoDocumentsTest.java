package dev.lockstep.agent;

import java.time.InstantSource;

class DynamoDocumentsTest extends DocumentsContract {
    @Override
    Documents empty() {
        return DynamoLocal.freshStore(InstantSource.system(), StoreMeter.NONE).documents();
    }
}
