package org.agreementledger.api.entries;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.axon.Receipt;
import org.jspecify.annotations.Nullable;

/**
 * What became of one line of an import: stored, with where it is, or refused, with the problem.
 *
 * @param status as if it had been a request of its own
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ImportedLine(
        int line,
        int status,
        @Nullable String agreementId,
        @Nullable Integer sequence,
        @Nullable URI location,
        @Nullable Problem problem) {

    static ImportedLine stored(int number, Receipt receipt) {
        return new ImportedLine(
                number,
                201,
                receipt.agreementId().value(),
                receipt.sequence(),
                RecordController.location(receipt),
                null);
    }

    static ImportedLine refused(Problem onLine) {
        return new ImportedLine(onLine.line(), onLine.status(), null, null, null, onLine);
    }
}
