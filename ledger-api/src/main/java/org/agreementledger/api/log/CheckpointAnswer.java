package org.agreementledger.api.log;

import org.agreementledger.log.StoredCheckpoint;
import org.agreementledger.proof.Hash;

/**
 * A checkpoint in a list.
 *
 * @param checkpoint the signed note, as {@code /v1/checkpoint} serves it
 */
record CheckpointAnswer(long size, Hash root, String checkpoint) {

    static CheckpointAnswer of(StoredCheckpoint stored) {
        return new CheckpointAnswer(stored.size(), stored.checkpoint().root(), stored.note());
    }
}
