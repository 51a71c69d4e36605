package org.agreementledger.axon;

import org.agreementledger.agreement.RecordEntry;
import org.jspecify.annotations.Nullable;

/**
 * A command with who sends it.
 *
 * @param request null where the writer does not ask for idempotency
 * @param importedFrom null for what is recorded for the first time
 */
public record Submission(
        RecordEntry command,
        Actor by,
        @Nullable RequestKey request,
        @Nullable ImportedFrom importedFrom) {

    public Submission(RecordEntry command, Actor by, @Nullable RequestKey request) {
        this(command, by, request, null);
    }

    /**
     * What makes a repeated request the same request.
     *
     * @param key of the writer's choice, unique per actor
     * @param digest SHA-256 over path and canonical body
     */
    public record RequestKey(String key, String digest) {}
}
