package org.agreementledger.node;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.agreementledger.agreement.AgreementEvent;
import org.agreementledger.axon.EventText;
import org.agreementledger.axon.Submission;
import org.axonframework.common.DateTimeUtils;

/** A writer that has stored its event, and keeps its transaction open for as long as it likes. */
public final class HeldWrite implements AutoCloseable {

    private final Connection connection;

    private HeldWrite(Connection connection) {
        this.connection = connection;
    }

    /** The first entry of its agreement. */
    public static HeldWrite begin(LedgerNode node, Submission submission) throws SQLException {
        Connection connection = node.database().dataSource().getConnection();
        connection.setAutoCommit(false);
        store(connection, 1, submission, Instant.now());
        return new HeldWrite(connection);
    }

    public void commit() throws SQLException {
        connection.commit();
    }

    public void rollback() throws SQLException {
        connection.rollback();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** As Axon stores it. */
    static void store(Connection connection, int sequence, Submission submission, Instant at)
            throws SQLException {
        AgreementEvent event = AgreementEvent.of(sequence, submission.command().entry());
        try (PreparedStatement insert =
                connection.prepareStatement(
                        """
                        insert into domain_event_entry (event_identifier, aggregate_identifier, sequence_number,
                            type, payload_type, payload_revision, payload, meta_data, time_stamp)
                        values (?, ?, ?, 'Agreement', ?, '1', ?, ?, ?)
                        """)) {
            insert.setString(1, UUID.randomUUID().toString());
            insert.setString(2, event.agreementId().value());
            insert.setInt(3, sequence - 1);
            insert.setString(4, EventText.type(event));
            insert.setString(5, EventText.write(event));
            insert.setString(6, "{\"recordedBy.id\":\"ada\",\"recordedBy.issuer\":\"local\"}");
            insert.setString(7, DateTimeUtils.formatInstant(at));
            insert.executeUpdate();
        }
    }
}
