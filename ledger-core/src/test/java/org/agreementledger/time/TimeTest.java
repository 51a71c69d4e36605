package org.agreementledger.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.agreementledger.time.Timeline.Segment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2021-02-30",
                "2021-02-29",
                "1900-02-29",
                "2021-13",
                "2021-00",
                "2021-04-31",
                "2021-01-00"
            })
    void a_day_that_does_not_exist_is_refused(String text) {
        assertThatThrownBy(() -> Day.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(text, "does not exist");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "21",
                "2021-1",
                "2021-1-1",
                "2021-01-1",
                "+2021",
                "-2021",
                "12021-01-01",
                "2021/01/01",
                " 2021",
                "2021-01-01T00:00",
                "٢٠٢١",
                "2021-W01",
                "2021-001",
                "2021\n"
            })
    void another_form_is_refused(String text) {
        assertThatThrownBy(() -> Day.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a day");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-29",
                "2000-02-29",
                "2021-03",
                "2021",
                "0001",
                "0000-01",
                "9999-12-31"
            })
    void a_day_is_shown_as_given(String text) {
        assertThat(Day.parse(text)).hasToString(text);
    }

    @Test
    void a_day_is_shown_in_the_same_digits_everywhere() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(Day.parse("2021-03")).hasToString("2021-03");
            assertThat(Day.parse("2021")).hasToString("2021");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void a_year_or_a_month_is_its_first_day() {
        assertThat(Day.parse("2021").date()).isEqualTo("2021-01-01");
        assertThat(Day.parse("2021-03").date()).isEqualTo("2021-03-01");
        assertThat(Day.parse("2021"))
                .isEqualTo(Day.parse("2021-01"))
                .isEqualTo(Day.parse("2021-01-01"));
        assertThat(Day.parse("2021")).hasSameHashCodeAs(Day.parse("2021-01-01"));
        assertThat(Day.parse("2021")).isEqualByComparingTo(Day.parse("2021-01-01"));
        assertThat(Day.parse("2021-02")).isGreaterThan(Day.parse("2021-01-31"));
    }

    @Test
    void a_validity_holds_its_first_day_and_not_its_last() {
        Validity february = new Validity(day("2024-02-01"), day("2024-03-01"));
        assertThat(february.contains(day("2024-01-31"))).isFalse();
        assertThat(february.contains(day("2024-02-01"))).isTrue();
        assertThat(february.contains(day("2024-02-29"))).isTrue();
        assertThat(february.contains(day("2024-03-01"))).isFalse();
    }

    @Test
    void a_validity_is_never_empty() {
        assertThatThrownBy(() -> new Validity(day("2024-02-01"), day("2024-02-01")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2024-02-01");
        assertThat(new Validity(day("9999-12-30"), Validity.FOREVER).contains(day("9999-12-30")))
                .isTrue();
    }

    @Test
    void the_uppermost_layer_shows_and_gives_way_at_its_end() {
        Timeline<String> timeline =
                Timeline.<String>builder()
                        .lay(new Validity(day("2020-01-01"), Validity.FOREVER), "below")
                        .lay(new Validity(day("2021-01-01"), day("2022-01-01")), "above")
                        .build();
        assertThat(timeline.on(day("2019-12-31"))).isEmpty();
        assertThat(timeline.on(day("2020-12-31"))).contains("below");
        assertThat(timeline.on(day("2021-01-01"))).contains("above");
        assertThat(timeline.on(day("2021-12-31"))).contains("above");
        assertThat(timeline.on(day("2022-01-01"))).contains("below");
        assertThat(timeline.on(Validity.FOREVER.minusDays(1))).contains("below");
        assertThat(timeline.on(Validity.FOREVER)).as("as with any end").isEmpty();
        assertThat(timeline.breaks(day("2020-01-01"), Validity.FOREVER))
                .containsExactly(day("2021-01-01"), day("2022-01-01"));
        assertThat(timeline.segments())
                .containsExactly(
                        new Segment<>(day("2020-01-01"), day("2021-01-01"), "below"),
                        new Segment<>(day("2021-01-01"), day("2022-01-01"), "above"),
                        new Segment<>(day("2022-01-01"), Validity.FOREVER, "below"));
    }

    @Test
    void adjacent_layers_leave_no_gap_and_separate_ones_do() {
        Timeline<String> timeline =
                Timeline.<String>builder()
                        .lay(new Validity(day("2020-01-01"), day("2020-02-01")), "one")
                        .lay(new Validity(day("2020-02-01"), day("2020-03-01")), "two")
                        .lay(new Validity(day("2020-04-01"), day("2020-05-01")), "three")
                        .build();
        assertThat(timeline.on(day("2020-01-31"))).contains("one");
        assertThat(timeline.on(day("2020-02-01"))).contains("two");
        assertThat(timeline.on(day("2020-03-01"))).isEmpty();
        assertThat(timeline.on(day("2020-05-01"))).isEmpty();
        assertThat(timeline.segments()).hasSize(3);
        assertThat(timeline.breaks(day("2020-02-01"), day("2020-04-01")))
                .containsExactly(day("2020-03-01"), day("2020-04-01"));
        assertThat(timeline.breaks(day("2020-02-01"), day("2020-02-01"))).isEmpty();
    }

    @Test
    void random_layers_show_what_a_scan_from_the_top_finds() {
        LocalDate origin = day("2024-01-01");
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            Validity[] layers = new Validity[1 + random.nextInt(12)];
            Timeline.Builder<Integer> builder = Timeline.builder();
            for (int i = 0; i < layers.length; i++) {
                LocalDate from = origin.plusDays(random.nextInt(20));
                LocalDate to =
                        random.nextInt(3) == 0
                                ? Validity.FOREVER
                                : from.plusDays(1 + random.nextInt(10));
                layers[i] = new Validity(from, to);
                builder.lay(layers[i], i);
            }
            Timeline<Integer> timeline = builder.build();
            for (int offset = -1; offset < 35; offset++) {
                LocalDate day = origin.plusDays(offset);
                assertThat(timeline.on(day))
                        .as("seed %d on %s", seed, day)
                        .isEqualTo(top(layers, day));
            }
        }
    }

    @Test
    void layers_inserted_in_any_order_show_the_same_as_when_laid_from_the_lowest() {
        LocalDate origin = day("2024-01-01");
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<Validity> layers = new ArrayList<>();
            for (int i = 1 + random.nextInt(12); i > 0; i--) {
                LocalDate from = origin.plusDays(random.nextInt(20));
                layers.add(
                        new Validity(
                                from,
                                random.nextInt(3) == 0
                                        ? Validity.FOREVER
                                        : from.plusDays(1 + random.nextInt(10))));
            }
            Timeline.Builder<Integer> laid = Timeline.builder();
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < layers.size(); i++) {
                laid.lay(layers.get(i), i);
                order.add(i);
            }
            Collections.shuffle(order, random);
            Timeline<Integer> inserted = Timeline.empty();
            for (int layer : order) {
                inserted = inserted.with(layers.get(layer), layer, shown -> shown < layer);
            }
            assertThat(inserted.segments())
                    .as("seed %d, %s in the order %s", seed, layers, order)
                    .isEqualTo(laid.build().segments());
            assertThat(inserted.breaks(origin.minusDays(9), Validity.FOREVER))
                    .as("seed %d", seed)
                    .isEqualTo(laid.build().breaks(origin.minusDays(9), Validity.FOREVER));
        }
    }

    private static Optional<Integer> top(Validity[] layers, LocalDate day) {
        for (int i = layers.length - 1; i >= 0; i--) {
            if (layers[i].contains(day)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static LocalDate day(String day) {
        return LocalDate.parse(day);
    }
}
