package org.agreementledger.node;

import static org.agreementledger.node.Drafts.announcement;
import static org.agreementledger.node.Drafts.opening;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Log;
import org.agreementledger.log.LogEntry;
import org.agreementledger.log.Moment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogTest extends OnBothDatabases {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123Z");

    private final SettableClock clock = new SettableClock(NOON);

    @BeforeEach
    void set_the_clock() {
        clock.set(NOON);
        reopen(clock);
    }

    private Log log() {
        return node.log();
    }

    private void two_entries_a_second_apart() throws Exception {
        node.ledger().record(opening("alpha"));
        LogChecks.awaitIntact(node, 1);
        clock.set(NOON.plusSeconds(1));
        node.ledger().record(announcement("alpha", "Hello"));
        LogChecks.awaitIntact(node, 2);
    }

    @Test
    void before_the_first_entry_now_is_the_clocks() {
        clock.set(NOON.plusNanos(999_999));

        assertThat(log().resolve(new KnownAt.Now())).isEqualTo(new Moment(-1, NOON));
        assertThat(log().newest()).isEqualTo(-1);
    }

    @Test
    void now_is_the_newest_entry() throws Exception {
        two_entries_a_second_apart();
        clock.set(NOON.plusSeconds(3600));

        assertThat(log().resolve(new KnownAt.Now())).isEqualTo(new Moment(1, NOON.plusSeconds(1)));
    }

    @Test
    void at_an_instant_everything_is_known_that_was_recorded_by_then() throws Exception {
        two_entries_a_second_apart();

        assertThat(at(NOON.minusMillis(1))).isEqualTo(-1);
        assertThat(at(NOON.minusNanos(1))).isEqualTo(-1);
        assertThat(at(NOON)).isZero();
        assertThat(at(NOON.plusSeconds(1).minusNanos(1))).isZero();
        assertThat(at(NOON.plusSeconds(1))).isEqualTo(1);
        assertThat(at(Instant.MIN)).isEqualTo(-1);
    }

    private long at(Instant instant) {
        Moment moment = log().resolve(new KnownAt.At(instant));
        assertThat(moment.knownAt()).isEqualTo(instant);
        return moment.position();
    }

    @Test
    void what_will_be_known_later_is_not_known() throws Exception {
        two_entries_a_second_apart();

        for (Instant later : List.of(NOON.plusSeconds(1).plusNanos(1), Instant.MAX)) {
            assertThatThrownBy(() -> log().resolve(new KnownAt.At(later)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("later than now");
        }
        clock.set(NOON);
        assertThat(at(NOON.plusSeconds(1))).as("recorded, so not later than now").isEqualTo(1);
    }

    @Test
    void a_position_is_known_from_when_it_was_recorded() throws Exception {
        two_entries_a_second_apart();

        assertThat(log().resolve(new KnownAt.Through(0))).isEqualTo(new Moment(0, NOON));
        assertThatThrownBy(() -> log().resolve(new KnownAt.Through(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("@2 is beyond the newest position, 1.");
    }

    @Test
    void entries_are_read_from_any_position() throws Exception {
        two_entries_a_second_apart();

        assertThat(log().after(-1, 1)).extracting(LogEntry::position).containsExactly(0L);
        assertThat(log().after(0, 10)).extracting(LogEntry::position).containsExactly(1L);
        assertThat(log().read(0, 10)).extracting(l -> l.event().sequence()).containsExactly(2);
        assertThat(log().at(1)).contains(log().after(0, 1).getFirst());
        assertThat(log().at(2)).isEmpty();
        assertThat(log().positionOf(log().at(1).orElseThrow().eventId())).hasValue(1);
        assertThat(log().positionOf("unknown")).isEmpty();
    }

    @Test
    void waiting_for_the_log_to_grow_ends_with_its_growth_or_in_time() throws Exception {
        assertThat(log().awaitBeyond(-1, Duration.ofMillis(1))).isEqualTo(-1);
        node.ledger().record(opening("alpha"));

        assertThat(log().awaitBeyond(-1, LogChecks.PATIENCE)).isZero();
    }

    @Test
    void who_waits_for_it_to_grow_is_let_go_when_it_is_closed() throws Exception {
        FutureTask<Long> waiting =
                new FutureTask<>(() -> log().awaitBeyond(-1, Duration.ofHours(1)));
        Thread.ofPlatform().daemon().start(waiting);
        assertThatThrownBy(() -> waiting.get(100, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);

        log().endWaiting();

        assertThat(waiting.get()).isEqualTo(-1);
    }
}
