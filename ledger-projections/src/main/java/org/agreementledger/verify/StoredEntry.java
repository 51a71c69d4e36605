package org.agreementledger.verify;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import org.agreementledger.agreement.AgreementEvent;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Kind;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.EventText;
import org.agreementledger.axon.ImportedFrom;
import org.agreementledger.log.LogEntry;
import org.jspecify.annotations.Nullable;

/**
 * A row of the log with its event, as they stand there: nothing in them can be relied on.
 *
 * @param event null where the log names one that is not stored
 */
record StoredEntry(
        long position,
        String eventId,
        String agreementId,
        int sequence,
        String kind,
        Instant recordedAt,
        Actor recordedBy,
        String salt,
        String entryDigest,
        String importedFrom,
        @Nullable StoredEvent event) {

    static final String COLUMNS =
            """
            l.position, l.event_id, l.agreement_id, l.sequence, l.kind, l.recorded_at, l.recorded_by,
            l.recorded_by_issuer, l.salt, l.entry_digest, l.imported_from,
            e.event_identifier, e.aggregate_identifier, e.sequence_number, e.type, e.payload_type,
            e.payload_revision, e.payload, e.meta_data
            """;

    /** A row of the event store. */
    record StoredEvent(
            String agreementId,
            long sequenceNumber,
            String type,
            String payloadType,
            String payloadRevision,
            String payload,
            String metadata) {}

    static StoredEntry read(ResultSet row, int number) throws SQLException {
        return new StoredEntry(
                row.getLong("position"),
                row.getString("event_id"),
                row.getString("agreement_id"),
                row.getInt("sequence"),
                row.getString("kind"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                new Actor(row.getString("recorded_by"), row.getString("recorded_by_issuer")),
                row.getString("salt"),
                row.getString("entry_digest"),
                row.getString("imported_from"),
                row.getString("event_identifier") == null ? null : event(row));
    }

    private static StoredEvent event(ResultSet row) throws SQLException {
        return new StoredEvent(
                row.getString("aggregate_identifier"),
                row.getLong("sequence_number"),
                row.getString("type"),
                row.getString("payload_type"),
                row.getString("payload_revision"),
                row.getString("payload"),
                row.getString("meta_data"));
    }

    /**
     * What the log says.
     *
     * @throws IllegalArgumentException when it says what no log entry can
     */
    LogEntry log() {
        return new LogEntry(
                position,
                eventId,
                new AgreementId(agreementId),
                sequence,
                kindNamed(kind),
                recordedAt,
                recordedBy,
                salt,
                entryDigest,
                from());
    }

    private @Nullable ImportedFrom from() {
        try {
            return ImportedFrom.read(importedFrom);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("imported_from cannot be read", e);
        }
    }

    private static Kind kindNamed(String slug) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.slug().equals(slug))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no kind " + slug));
    }

    /**
     * @throws IllegalStateException when it is not stored, or cannot be read
     */
    AgreementEvent readEvent() {
        if (event == null) {
            throw new IllegalStateException("event " + eventId + " is not stored");
        }
        return EventText.read(event.payloadType(), event.payload());
    }
}
