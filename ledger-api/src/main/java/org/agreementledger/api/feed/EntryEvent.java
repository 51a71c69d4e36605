package org.agreementledger.api.feed;

import java.time.Instant;
import java.util.Objects;
import org.agreementledger.api.json.AnswerJson;
import org.agreementledger.entries.EntryAnswer;

/**
 * An entry as a CloudEvent (1.0, JSON format).
 *
 * @param source the ledger, wherever it is served
 * @param type by the kind of entry
 * @param subject the agreement
 * @param sequence the position, of the extension of that name: padded, as it has to be ordered as
 *     text
 * @param partitionkey the agreement, of the extension of that name: within it the order matters
 */
public record EntryEvent(
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
    public static EntryEvent of(EntryAnswer entry, String ledger) {
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

    public byte[] json() {
        return AnswerJson.AS_RECORDED.writeValueAsBytes(this);
    }

    static byte[] batch(FeedDocument document) {
        return AnswerJson.AS_RECORDED.writeValueAsBytes(
                document.entries().stream().map(entry -> of(entry, document.ledger())).toList());
    }
}
