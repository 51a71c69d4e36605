package org.agreementledger.restore;

import java.sql.Types;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.agreementledger.agreement.AgreementEvent;
import org.agreementledger.agreement.Entry;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.EventText;
import org.agreementledger.axon.ImportedFrom;
import org.agreementledger.axon.LedgerEngine;
import org.agreementledger.axon.RecordedBy;
import org.agreementledger.bundle.BundleCheck;
import org.agreementledger.bundle.LeafText;
import org.agreementledger.copy.CopiedRows;
import org.agreementledger.log.Leaf;
import org.agreementledger.log.LogEntry;
import org.agreementledger.readmodels.Json;
import org.axonframework.common.DateTimeUtils;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes the events and log entries of a ledger from what its bundle proves. */
public final class RestoredRows implements BundleCheck.Each {

    private static final int BATCH = 200;

    private final NamedParameterJdbcTemplate target;
    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final List<MapSqlParameterSource> rows = new ArrayList<>();

    public RestoredRows(DataSource target) {
        this.target = new NamedParameterJdbcTemplate(target);
        this.dataSource = target;
        this.jdbc = JdbcClient.create(target);
    }

    /** Whether nothing was ever recorded there. */
    public boolean isFree() {
        return jdbc.sql(
                                """
                                select
                                  (select count(*) from domain_event_entry)
                                  + (select count(*) from log_entry)
                                  + (select count(*) from ledger_copy)
                                """)
                        .query(Long.class)
                        .single()
                == 0;
    }

    /**
     * Outside a transaction, and before the first: the next event is numbered behind these.
     *
     * @param entries how many will be restored
     */
    public void reserve(long entries) {
        jdbc.sql(
                        "alter table domain_event_entry alter column global_index restart with "
                                + (entries + 1))
                .update();
    }

    /**
     * @throws IllegalStateException when the leaf says more than this version keeps
     */
    @Override
    public void entry(LeafText leaf, Entry entry, String salt) {
        ImportedFrom importedFrom =
                leaf.importedFrom() == null
                        ? null
                        : ImportedFrom.read(Json.text(leaf.importedFrom()));
        LogEntry log =
                new LogEntry(
                        leaf.position(),
                        leaf.eventId(),
                        leaf.agreementId(),
                        leaf.sequence(),
                        entry.kind(),
                        leaf.recordedAt(),
                        new Actor(leaf.recordedBy().id(), leaf.recordedBy().issuer()),
                        salt,
                        leaf.entryDigest(),
                        importedFrom);
        if (!Leaf.of(log).text().equals(leaf.text())) {
            throw new IllegalStateException(
                    "The leaf of position %d says more than this version keeps; restore it with the version that wrote it"
                            .formatted(leaf.position()));
        }
        rows.add(row(log, AgreementEvent.of(leaf.sequence(), entry)));
        if (rows.size() == BATCH) {
            flush();
        }
    }

    /** When the event had been stored is not known any more; when it was recorded is. */
    private static MapSqlParameterSource row(LogEntry log, AgreementEvent event) {
        long position = log.position();
        return new MapSqlParameterSource("global_index", position + 1)
                .addValue("event_identifier", log.eventId())
                .addValue("aggregate_identifier", log.agreementId().value())
                .addValue("sequence_number", log.sequence() - 1)
                .addValue("type", EventText.AGGREGATE)
                .addValue("payload_type", EventText.type(event))
                .addValue("payload_revision", EventText.REVISION)
                .addValue("payload", EventText.write(event))
                .addValue("meta_data", RecordedBy.write(log.recordedBy(), log.importedFrom()))
                .addValue("time_stamp", DateTimeUtils.formatInstant(log.recordedAt()))
                .addValue("position", position)
                .addValue("follows", position == 0 ? null : position - 1, Types.BIGINT)
                .addValue("event_id", log.eventId())
                .addValue("agreement_id", log.agreementId().value())
                .addValue("sequence", log.sequence())
                .addValue("kind", log.kind().slug())
                .addValue("recorded_at", log.recordedAt().atOffset(ZoneOffset.UTC))
                .addValue("recorded_by", log.recordedBy().id())
                .addValue("recorded_by_issuer", log.recordedBy().issuer())
                .addValue("salt", log.salt())
                .addValue("entry_digest", log.entryDigest())
                .addValue(
                        "imported_from",
                        log.importedFrom() == null ? "" : log.importedFrom().text());
    }

    private void flush() {
        CopiedRows.insert(target, rows);
        rows.clear();
    }

    /**
     * In the transaction of the rows, after the last.
     *
     * @param entries how many were restored
     */
    public void finish(long entries) {
        flush();
        jdbc.sql("delete from token_entry where processor_name = :sequencer")
                .param("sequencer", LedgerEngine.SEQUENCER)
                .update();
        LedgerEngine.beginAfter(dataSource, entries);
    }
}
