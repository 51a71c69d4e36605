package org.agreementledger.node;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.agreementledger.agreement.AgreementEvent;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Durability;
import org.agreementledger.axon.EventText;
import org.agreementledger.axon.RecordedBy;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.common.IdentifierFactory;

/**
 * The event store's table with nothing around it: rows that are inserted with JDBC alone, under the
 * durability that the ledger gives. The limit that benchmarks of writing are held against.
 */
public final class RawEvents implements AutoCloseable {

    /** What the event store holds of an event. */
    public record Row(
            String eventId,
            String agreementId,
            int sequence,
            String type,
            String payload,
            String metadata,
            String storedAt) {

        public static Row of(AgreementEvent event) {
            return new Row(
                    IdentifierFactory.getInstance().generateIdentifier(),
                    event.agreementId().value(),
                    event.sequence(),
                    EventText.type(event),
                    EventText.write(event),
                    RecordedBy.write(Actor.local("bench"), null),
                    DateTimeUtils.formatInstant(Instant.now()));
        }
    }

    private static final String INSERT =
            """
            insert into domain_event_entry (event_identifier, aggregate_identifier, sequence_number,
              type, payload_type, payload_revision, payload, meta_data, time_stamp)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final Database database;
    private final Durability durability;
    private final AutoCloseable flush;

    private RawEvents(DatabaseSettings settings) {
        this.database = Database.open(settings);
        if (settings.folder() != null) {
            GroupFlush group = new GroupFlush(database);
            this.durability = group;
            this.flush = group;
        } else {
            this.durability = Durability.OF_COMMIT;
            this.flush = () -> {};
        }
    }

    /**
     * @param fsync whether a row is on the disk before its insert returns, by the same group
     *     commit; where a server sees to that it is not asked
     */
    public static RawEvents open(LedgerNode.Location location, boolean fsync) {
        DatabaseSettings settings = DatabaseSettings.of(location);
        return new RawEvents(fsync || location.url() != null ? settings : settings.withoutFsync());
    }

    public static RawEvents open(Path folder) {
        return open(new LedgerNode.Location(folder, null), true);
    }

    /** Returns when everything committed so far would survive. */
    public void awaitDisk() {
        durability.await();
    }

    public Database database() {
        return database;
    }

    /** One writer's connection, with its statement prepared. */
    public final class Writer implements AutoCloseable {
        private final Connection connection = connect();
        private final PreparedStatement insert;

        private Writer() throws SQLException {
            this.insert = connection.prepareStatement(INSERT);
        }

        /** Returns when it would survive. */
        public void insert(Row row) throws SQLException {
            bind(row);
            insert.executeUpdate();
            durability.await();
        }

        /** In one transaction. */
        public void insert(List<Row> rows, int batch) throws SQLException {
            connection.setAutoCommit(false);
            for (int from = 0; from < rows.size(); from += batch) {
                for (Row row : rows.subList(from, Math.min(from + batch, rows.size()))) {
                    bind(row);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            connection.commit();
            durability.await();
        }

        private void bind(Row row) throws SQLException {
            insert.setString(1, row.eventId());
            insert.setString(2, row.agreementId());
            insert.setLong(3, row.sequence() - 1L);
            insert.setString(4, EventText.AGGREGATE);
            insert.setString(5, row.type());
            insert.setString(6, EventText.REVISION);
            insert.setString(7, row.payload());
            insert.setString(8, row.metadata());
            insert.setString(9, row.storedAt());
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    public Writer writer() throws SQLException {
        return new Writer();
    }

    private Connection connect() {
        DatabaseSettings settings = database.settings();
        Properties login = new Properties();
        if (settings.user() != null) {
            login.setProperty("user", settings.user());
            login.setProperty("password", String.valueOf(settings.password()));
        }
        try {
            return DriverManager.getConnection(settings.url(), login);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws Exception {
        flush.close();
        database.close();
    }
}
