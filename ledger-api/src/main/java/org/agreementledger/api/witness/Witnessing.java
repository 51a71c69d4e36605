package org.agreementledger.api.witness;

import java.nio.file.Path;
import java.util.List;
import org.agreementledger.proof.VerifierKey;
import org.jspecify.annotations.Nullable;

/**
 * Who watches over whom; nobody, unless somebody is named.
 *
 * @param witnesses of this log
 * @param logs of others that this ledger watches over
 * @param keyFile with which it cosigns them; null for one beside the data
 * @param name of that key; null for this log's own with {@code /witness} behind it
 */
public record Witnessing(
        List<WitnessAddress> witnesses,
        List<VerifierKey> logs,
        @Nullable Path keyFile,
        @Nullable String name) {

    public static final Witnessing NOBODY = new Witnessing(List.of(), List.of(), null, null);
}
