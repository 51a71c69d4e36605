package org.agreementledger.copy;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.agreementledger.log.Moment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The mark by which a database knows that it is a copy. */
public final class CopyTable {

    private final JdbcClient jdbc;

    public CopyTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty in a ledger that takes entries. */
    public Optional<Copy> find() {
        return jdbc.sql("select position, known_at, finished from ledger_copy")
                .query((row, _) ->
                        new Copy(
                                new Moment(
                                        row.getLong("position"),
                                        row.getObject("known_at", OffsetDateTime.class)
                                                .toInstant()),
                                row.getBoolean("finished")))
                .optional();
    }

    /** Before anything else is written: what is cut short is never taken for a whole ledger. */
    public void begin(Moment moment) {
        jdbc.sql(
                        """
                        insert into ledger_copy (position, known_at, finished)
                        values (:position, :knownAt, false)
                        """)
                .param("position", moment.position())
                .param(
                        "knownAt",
                        moment.knownAt().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC))
                .update();
        flush();
    }

    /** Nothing is missing: from now on the database itself refuses entries. */
    public void finish() {
        for (String table :
                List.of(
                        "domain_event_entry",
                        "log_entry",
                        "log_leaf",
                        "log_node",
                        "log_checkpoint",
                        "log_key")) {
            refuse("insert", table);
        }
        flush();
        jdbc.sql("update ledger_copy set finished = true").update();
        refuse("insert, update, delete", "ledger_copy");
        flush();
    }

    private void flush() {
        jdbc.sql("checkpoint sync").update();
    }

    private void refuse(String operations, String table) {
        jdbc.sql(
                        "create trigger %s_read_only before %s on %s for each row call '%s'"
                                .formatted(table, operations, table, RefuseRow.class.getName()))
                .update();
    }
}
