package org.agreementledger.node;

import static org.agreementledger.node.Drafts.opening;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.agreementledger.axon.Receipt;
import org.agreementledger.node.LedgerNode.Location;
import org.h2.api.ErrorCode;
import org.h2.message.DbException;
import org.h2.mvstore.DataUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An embedded database that is not what it was when it was closed. */
@Timeout(120)
class DamageTest {

    @TempDir Path folder;

    private Location location;
    private Path file;

    @BeforeEach
    void a_ledger() {
        location = TestDatabase.freshIn(folder);
        file = folder.resolve("ledger.mv.db");
        try (LedgerNode node = LedgerNode.open(location, Clock.systemUTC())) {
            Receipt receipt = node.ledger().record(opening("alpha"));
            assertThat(node.readModels().await(List.of(receipt), Duration.ofMinutes(1))).isTrue();
        }
    }

    /** A file that was cut short may open as the database it was before there was a log. */
    @Test
    void one_that_has_held_more_is_refused_before_anything_is_written_to_it() throws Exception {
        Files.delete(file);
        sql("create table other (id integer)");

        assertThatIllegalStateException()
                .isThrownBy(() -> LedgerNode.open(location, Clock.systemUTC()))
                .withMessageContaining(
                        "its log had come to position 0, and its database ends at -1");
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet tables =
                        statement.executeQuery(
                                "select table_name from information_schema.tables where table_schema = 'PUBLIC'")) {
            tables.next();
            assertThat(tables.getString(1)).isEqualTo("OTHER");
            assertThat(tables.next()).isFalse();
        }
    }

    @Test
    void one_that_does_not_answer_as_it_did_is_damaged() throws Exception {
        sql("alter table \"flyway_schema_history\" alter column \"version\" rename to \"vers\"");

        Throwable thrown = catchThrowable(() -> LedgerNode.open(location, Clock.systemUTC()));

        assertThat(Damage.of(thrown)).isEmpty();
        assertThat(Damage.whileOpening(thrown).orElseThrow())
                .contains("not as this program left it", "from a backup");
    }

    @Test
    void what_h2_stumbles_over_is_said_without_names_of_classes() {
        for (RuntimeException stumble :
                List.of(
                        new IllegalStateException("Unexpected code path"),
                        new IllegalStateException())) {
            String why = stumble.getMessage() == null ? "" : ": " + stumble.getMessage();
            assertThat(Damage.of(DbException.toSQLException(stumble)).orElseThrow())
                    .contains("its database file is damaged (H2 cannot read it" + why + ").")
                    .doesNotContain("Exception");
        }
    }

    /**
     * H2 closes itself after either: what it could not read while it wrote, or what it could not
     * write.
     */
    @Test
    void what_cannot_be_read_while_h2_writes_is_damaged_and_what_cannot_be_written_is_the_disk() {
        Exception damaged =
                closed(DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT, "Corrupted"));
        Exception full =
                closed(
                        DataUtils.newMVStoreException(
                                DataUtils.ERROR_WRITING_FAILED,
                                "Writing failed",
                                new IOException("No space left on device")));

        assertThat(Damage.of(damaged).orElseThrow())
                .contains("its database file is damaged (Corrupted", "from a backup");
        assertThat(Damage.of(full)).isEmpty();
        assertThat(Damage.ofDisk(full).orElseThrow()).hasMessageContaining("No space left");
    }

    private static Exception closed(Exception why) {
        return DbException.get(ErrorCode.DATABASE_IS_CLOSED, why).getSQLException();
    }

    @Test
    void one_that_h2_cannot_read_is_damaged() throws Exception {
        Files.write(file, new byte[(int) Files.size(file)]);

        Throwable thrown = catchThrowable(() -> LedgerNode.open(location, Clock.systemUTC()));

        assertThat(Damage.whileOpening(thrown).orElseThrow()).contains("damaged", "from a backup");
    }

    private void sql(String sql) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws Exception {
        return DriverManager.getConnection("jdbc:h2:" + folder.resolve("ledger"), "sa", "");
    }
}
