package org.agreementledger.log;

import java.time.Instant;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Kind;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.ImportedFrom;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the log.
 *
 * @param position its place in the whole ledger, from 0, without a gap
 * @param sequence its place in the agreement, from 1
 * @param recordedAt given with the position; never decreases
 * @param salt 32 random bytes in hexadecimal
 * @param entryDigest SHA-256 over the canonical bytes of {@code {entry, salt}}
 * @param importedFrom where it had been recorded before; null for an entry of this ledger's own
 */
public record LogEntry(
        long position,
        String eventId,
        AgreementId agreementId,
        int sequence,
        Kind kind,
        Instant recordedAt,
        Actor recordedBy,
        String salt,
        String entryDigest,
        @Nullable ImportedFrom importedFrom) {

    public LogEntry(
            long position,
            String eventId,
            AgreementId agreementId,
            int sequence,
            Kind kind,
            Instant recordedAt,
            Actor recordedBy,
            String salt,
            String entryDigest) {
        this(
                position,
                eventId,
                agreementId,
                sequence,
                kind,
                recordedAt,
                recordedBy,
                salt,
                entryDigest,
                null);
    }
}
