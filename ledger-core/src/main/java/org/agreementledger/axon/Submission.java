package org.agreementledger.axon;

import org.agreementledger.agreement.RecordEntry;
import org.jspecify.annotations.Nullable;

/**
 * A command with who sends it.
 *
 * @param request null where the writer does not ask for idempotency
 */
public record Submission(RecordEntry command, Actor by, @Nullable RequestKey request) {

    /**
     * What makes a repeated request the same request.
     *
     * @param key of the writer's choice, unique per actor
     * @param digest SHA-256 over path and canonical body
     */
    public record RequestKey(String key, String digest) {}
}
