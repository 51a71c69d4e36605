package org.agreementledger.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Axon interrupts its threads when it shuts down, in the middle of whatever they write. */
class InterruptTest {

    @Test
    void a_thread_interrupted_while_it_writes_leaves_the_embedded_database_open(@TempDir Path folder)
            throws InterruptedException {
        try (Database database = Database.open(DatabaseSettings.embedded(folder))) {
            database.jdbc().sql("create table noise (n int)").update();
            AtomicInteger written = new AtomicInteger();
            for (int round = 0; round < 50; round++) {
                Thread writer = new Thread(() -> write(database, written));
                int before = written.get();
                writer.start();
                while (written.get() == before && writer.isAlive()) {
                    Thread.onSpinWait();
                }
                writer.interrupt();
                writer.join();
            }

            assertThatCode(() -> database.jdbc().sql("insert into noise values (0)").update())
                    .doesNotThrowAnyException();
        }
        try (Database database = Database.open(DatabaseSettings.embedded(folder))) {
            assertThat(database.jdbc().sql("select count(*) from noise").query(Integer.class).single())
                    .isPositive();
        }
    }

    private static void write(Database database, AtomicInteger written) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                database.jdbc().sql("insert into noise values (1)").update();
                written.incrementAndGet();
            }
        } catch (RuntimeException _) {
            // The interrupted statement may fail; the others must not.
        }
    }
}
