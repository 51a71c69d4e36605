package org.agreementledger.axon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final int BATCHES = 10;

    private final Pace pace = new Pace();

    @Test
    void while_nobody_waits_batches_are_apart() throws InterruptedException {
        assertThat(batches()).isGreaterThan(Duration.ofMillis(40L * (BATCHES - 1)));
    }

    /** One of several, as a busy machine holds up anything now and then. */
    @Test
    void the_first_one_after_a_while_is_not_held_up() throws InterruptedException {
        Duration shortest = Duration.ofDays(1);
        for (int i = 0; i < 5; i++) {
            Thread.sleep(60);
            long start = System.nanoTime();
            pace.await();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            shortest = took.compareTo(shortest) < 0 ? took : shortest;
        }

        assertThat(shortest).isLessThan(Duration.ofMillis(40));
    }

    @Test
    void who_waits_to_read_holds_nothing_up() throws InterruptedException {
        try (Pace.Waiting _ = pace.waiting()) {
            assertThat(batches()).isLessThan(Duration.ofMillis(40L * (BATCHES - 1)));
        }
        assertThat(batches()).isGreaterThan(Duration.ofMillis(40L * (BATCHES - 1)));
    }

    private Duration batches() throws InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < BATCHES; i++) {
            pace.await();
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
