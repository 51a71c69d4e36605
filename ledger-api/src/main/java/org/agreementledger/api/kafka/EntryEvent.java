package org.agreementledger.api.kafka;

import java.time.Instant;
import java.util.Objects;
import org.agreementledger.entries.EntryAnswer;

/**
 * An entry as a CloudEvent (1.0, JSON format).
 *
 * @param source the ledger, wherever it is served
 * @param subject the agreement
 * @param sequence the position, of the extension of that name: padded, as it has to be ordered as
 *     text
 */
record EntryEvent(
        String specversion,
        String id,
        String source,
        String type,
        String subject,
        Instant time,
        String datacontenttype,
        String sequence,
        String partitionkey,
        EntryAnswer data) {

    /**
     * @param ledger the id of its first event
     */
    static EntryEvent of(EntryAnswer entry, String ledger) {
        return new EntryEvent(
                "1.0",
                Objects.requireNonNull(entry.eventId()),
                "urn:uuid:" + ledger,
                "org.agreementledger.entry." + entry.kind(),
                entry.agreementId(),
                Objects.requireNonNull(entry.recordedAt()),
                "application/json",
                "%019d".formatted(entry.position()),
                entry.agreementId(),
                entry);
    }
}
