package org.agreementledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a process that is killed leaves of the embedded database, at many moments: read out of the
 * running one, which is quicker than killing it as often.
 */
class TransactionGateTest {

    /** Of each writer; without the gate, as many were seen to leave one by halves. */
    private static final int TRANSACTIONS = Integer.getInteger("faults.transactions", 1_000);

    private static final int AWAITED = 50;
    private static final int WRITERS = 6;

    @TempDir Path folder;

    private final AtomicLongArray durable = new AtomicLongArray(WRITERS);
    private final AtomicInteger atWork = new AtomicInteger(WRITERS);

    @Test
    void each_transaction_is_left_whole_or_not_at_all_and_whole_once_it_was_awaited()
            throws Exception {
        try (Database database = Database.open(DatabaseSettings.embedded(folder.resolve("open")));
                GroupFlush flush = new GroupFlush(database);
                ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            database.jdbc().sql("create table head (id int primary key, last bigint)").update();
            for (String table : List.of("one", "other")) {
                database.jdbc()
                        .sql(
                                "create table %s (writer int, number bigint, primary key (number, writer))"
                                        .formatted(table))
                        .update();
            }
            flush.await();
            List<Future<?>> writing = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writing.add(threads.submit(() -> write(database, flush, writer)));
            }
            while (atWork.get() > 0) {
                List<Long> awaited = durableNow();
                Path left = imageOf(database);
                assertWhole(left, awaited);
                Files.delete(left);
            }
            for (Future<?> written : writing) {
                written.get();
            }
        }
        assertThat(durableNow()).containsOnly((long) TRANSACTIONS);
    }

    private void write(Database database, GroupFlush flush, int writer) {
        JdbcClient jdbc = database.jdbc();
        TransactionTemplate transaction = new TransactionTemplate(database.transactions());
        jdbc.sql("insert into head values (?, 0)").param(writer).update();
        for (long number = 1; number <= TRANSACTIONS; number++) {
            long next = number;
            transaction.executeWithoutResult(_ -> {
                jdbc.sql("insert into one values (?, ?)").params(writer, next).update();
                jdbc.sql("update head set last = ? where id = ?").params(next, writer).update();
                jdbc.sql("insert into other values (?, ?)").params(writer, next).update();
            });
            if (number % AWAITED == 0) {
                flush.await();
                durable.set(writer, number);
            }
        }
        atWork.decrementAndGet();
    }

    private List<Long> durableNow() {
        List<Long> now = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            now.add(durable.get(i));
        }
        return now;
    }

    /** In a file that H2 has not seen before. */
    private Path imageOf(Database database) throws Exception {
        Path left = folder.resolve("left-" + UUID.randomUUID() + ".mv.db");
        try (StoreImage image = StoreImage.take(database.dataSource(), () -> false);
                OutputStream out = Files.newOutputStream(left)) {
            image.writeTo(out);
        }
        return left;
    }

    private static void assertWhole(Path left, List<Long> awaited) {
        SingleConnectionDataSource alone =
                new SingleConnectionDataSource(
                        "jdbc:h2:" + left.toString().replace(".mv.db", ""), "sa", "", true);
        try {
            JdbcClient jdbc = JdbcClient.create(alone);
            for (int writer = 0; writer < awaited.size(); writer++) {
                long last =
                        number(
                                jdbc,
                                "select coalesce(max(last), 0) from head where id = ?",
                                writer);
                assertThat(number(jdbc, "select count(*) from one where writer = ?", writer))
                        .isEqualTo(last);
                assertThat(number(jdbc, "select count(*) from other where writer = ?", writer))
                        .isEqualTo(last);
                assertThat(last).isGreaterThanOrEqualTo(awaited.get(writer));
            }
        } finally {
            alone.destroy();
        }
    }

    private static long number(JdbcClient jdbc, String question, int writer) {
        return jdbc.sql(question).param(writer).query(Long.class).single();
    }
}
