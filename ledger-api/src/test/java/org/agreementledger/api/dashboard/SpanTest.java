package org.agreementledger.api.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 27);

    @Test
    void it_reaches_from_the_first_day_to_today_and_not_for_ever_beyond() {
        Span span =
                Span.around(List.of(LocalDate.of(2020, 11, 27), LocalDate.of(2099, 1, 1)), TODAY);
        assertThat(span.first())
                .isBefore(LocalDate.of(2020, 11, 27))
                .isAfter(LocalDate.of(2020, 8, 1));
        assertThat(span.last())
                .isAfter(LocalDate.of(2028, 11, 1))
                .isBefore(LocalDate.of(2029, 3, 1));
    }

    @Test
    void days_outside_lie_at_the_nearer_end() {
        Span span = new Span(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 1, 11));
        assertThat(span.percent(LocalDate.of(2024, 1, 6))).isEqualTo("50.0%");
        assertThat(span.percent(LocalDate.of(1850, 1, 1))).isEqualTo("0.0%");
        assertThat(span.percent(LocalDate.of(2850, 1, 1))).isEqualTo("100.0%");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20, Nov",
        "2026-03-03, Mar 2026|Jun 2026|Sep 2026",
        "2019-07-22, 2020|2022",
        "1900-01-01, 1904|2000",
        "1000-01-01, 1024|1280"
    })
    void there_are_as_many_ticks_as_can_be_read(LocalDate first, String some) {
        List<String> ticks =
                Span.around(List.of(first), TODAY).ticks().stream().map(Span.Tick::words).toList();
        assertThat(ticks).hasSizeBetween(3, 14).doesNotHaveDuplicates();
        for (String words : some.split("\\|")) {
            assertThat(ticks).anyMatch(tick -> tick.contains(words));
        }
    }
}
