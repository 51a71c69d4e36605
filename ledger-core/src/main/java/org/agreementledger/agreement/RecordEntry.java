package org.agreementledger.agreement;

import org.jspecify.annotations.Nullable;

/**
 * The one command: record this entry.
 *
 * @param expectedSequence the agreement's newest sequence as the writer last saw it; null where the
 *     writer does not mind
 */
public record RecordEntry(Entry entry, @Nullable Integer expectedSequence) {

    public AgreementId agreementId() {
        return entry.header().agreementId();
    }
}
