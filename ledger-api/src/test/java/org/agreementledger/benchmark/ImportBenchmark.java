package org.agreementledger.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.agreementledger.agreement.AgreementEvent;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.LargeLedger;
import org.agreementledger.api.json.AnswerJson;
import org.agreementledger.cli.LedgerCommand;
import org.agreementledger.json.EntryJson;
import org.agreementledger.node.Database;
import org.agreementledger.node.DatabaseSettings;
import org.agreementledger.node.RawEvents;
import org.agreementledger.readmodels.ModelTables;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ledger import} of a file, from the command line to its answer, beside batches of inserts
 * with JDBC alone: of the event rows, and of all rows that an import leaves behind. {@code ./mvnw
 * verify -Pbenchmark -Dtest=ImportBenchmark}. It prints a table and asserts nothing about time.
 */
@Tag("benchmark")
class ImportBenchmark {

    private static final int ENTRIES = Integer.getInteger("benchmark.import.entries", 20_000);
    private static final int ROUNDS = Integer.getInteger("benchmark.import.rounds", 3);
    private static final int BATCH = 1_000;

    /** In an order in which each row finds those that it refers to. */
    private static final List<String> TABLES =
            Stream.concat(
                            Stream.of("domain_event_entry", "log_entry", "log_leaf", "log_node"),
                            ModelTables.NAMES.stream())
                    .toList();

    @TempDir Path folder;

    @Test
    void a_file_beside_batches_of_the_same_rows() throws Exception {
        Path file = folder.resolve("entries.ndjson");
        List<RawEvents.Row> events = write(file);
        double imported = 0;
        double raw = 0;
        double all = 0;
        long rows = 0;
        run(file, folder.resolve("warm-up"));
        for (int round = 0; round < ROUNDS; round++) {
            raw += inserted(events, folder.resolve("raw-" + round));
            Path data = folder.resolve("imported-" + round);
            imported += run(file, data);
            Map<String, List<Object[]>> left = rowsOf(data);
            rows = left.values().stream().mapToLong(List::size).sum();
            all += inserted(left, folder.resolve("all-" + round));
        }
        try (Report report = new Report("import")) {
            report.say(
                    "%,d entries, %,d rows with all that is made of them, H2 with fsync, %d turns each"
                            .formatted(ENTRIES, rows, ROUNDS));
            report.heading("ledger import, of it", "what", "entries/s");
            double entries = (double) ENTRIES * ROUNDS;
            report.row(1.0, "ledger import, read models and all", entries / imported);
            report.row(all / imported, "raw batches of all its rows", entries / all);
            report.row(raw / imported, "raw batches of the event rows alone", entries / raw);
        }
    }

    private static List<RawEvents.Row> write(Path file) throws IOException {
        List<RawEvents.Row> rows = new ArrayList<>();
        LargeLedger large = LargeLedger.of(1, ENTRIES);
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            for (int i = 0; i < large.agreements(); i++) {
                int sequence = 0;
                for (Iterator<Entry> entries = large.entries(i).iterator(); entries.hasNext(); ) {
                    Entry entry = entries.next();
                    lines.write(AnswerJson.MAPPER.writeValueAsString(EntryJson.write(entry)));
                    lines.newLine();
                    rows.add(RawEvents.Row.of(AgreementEvent.of(++sequence, entry)));
                }
            }
        }
        return rows;
    }

    private static double run(Path file, Path data) {
        long start = System.nanoTime();
        int code =
                new LedgerCommand(Clock.systemUTC(), Map.of("LEDGER_TERMINAL", ""))
                        .run(
                                new PrintWriter(Writer.nullWriter()),
                                new PrintWriter(System.err),
                                InputStream.nullInputStream(),
                                "import",
                                file.toString(),
                                "--data",
                                data.toString(),
                                "--as",
                                "bench");
        assertThat(code).isZero();
        return since(start);
    }

    private static double inserted(List<RawEvents.Row> events, Path data) throws Exception {
        long start = System.nanoTime();
        try (RawEvents raw = RawEvents.open(data);
                RawEvents.Writer writer = raw.writer()) {
            writer.insert(events, BATCH);
        }
        return since(start);
    }

    // ---- the same of every table

    private static Map<String, List<Object[]>> rowsOf(Path data) {
        Map<String, List<Object[]>> rows = new LinkedHashMap<>();
        try (Database database = Database.open(DatabaseSettings.embedded(data))) {
            for (String table : TABLES) {
                rows.put(
                        table,
                        database.jdbc()
                                .sql("select * from " + table + " order by 1")
                                .query((row, _) -> {
                                    Object[] cells = new Object[row.getMetaData().getColumnCount()];
                                    for (int i = 0; i < cells.length; i++) {
                                        cells[i] = row.getObject(i + 1);
                                    }
                                    return cells;
                                })
                                .list());
            }
        }
        return rows;
    }

    private static double inserted(Map<String, List<Object[]>> tables, Path data) throws Exception {
        long start = System.nanoTime();
        try (RawEvents raw = RawEvents.open(data);
                Connection connection = raw.database().dataSource().getConnection()) {
            connection.setAutoCommit(false);
            for (Map.Entry<String, List<Object[]>> table : tables.entrySet()) {
                insert(connection, table.getKey(), table.getValue());
            }
            connection.commit();
            raw.awaitDisk();
        }
        return since(start);
    }

    private static void insert(Connection connection, String table, List<Object[]> rows)
            throws SQLException {
        String values = String.join(", ", Collections.nCopies(rows.getFirst().length, "?"));
        try (PreparedStatement insert =
                connection.prepareStatement("insert into " + table + " values (" + values + ")")) {
            int held = 0;
            for (Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    insert.setObject(i + 1, row[i]);
                }
                insert.addBatch();
                if (++held % BATCH == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
