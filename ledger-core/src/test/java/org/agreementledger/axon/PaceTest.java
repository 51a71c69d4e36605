package org.agreementledger.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

    @Test
    void at_the_end_nothing_is_held_up() throws InterruptedException {
        pace.end();

        assertThat(batches()).isLessThan(Duration.ofMillis(40L * (BATCHES - 1)));
    }

    @Test
    @Timeout(60)
    void who_waits_for_an_event_is_let_go_at_the_end() throws Exception {
        PacedEvents events = new PacedEvents(new Silence(), pace);
        CompletableFuture<Boolean> waiting = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        waiting.complete(events.hasNextAvailable(1, TimeUnit.HOURS));
                    } catch (InterruptedException e) {
                        waiting.completeExceptionally(e);
                    }
                });
        assertThatThrownBy(() -> waiting.get(100, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);

        pace.end();

        assertThat(waiting.get()).isFalse();
    }

    /** Where no event ever comes. */
    private static final class Silence implements BlockingStream<TrackedEventMessage<?>> {
        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            unit.sleep(timeout);
            return false;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return Optional.empty();
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() {
            throw new IllegalStateException("there is none");
        }

        @Override
        public void close() {}
    }

    private Duration batches() throws InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < BATCHES; i++) {
            pace.await();
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
