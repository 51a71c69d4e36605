package org.agreementledger.time;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What holds on each day: layers laid over one another, of which on any day the uppermost that is
 * valid shows.
 *
 * @param <T> what a layer says
 */
public final class Timeline<T> {

    /** A longest run of days on which the same layer shows; {@code to} is exclusive. */
    public record Segment<T>(LocalDate from, LocalDate to, T value) {}

    private static final Timeline<?> EMPTY = new Timeline<>(new TreeMap<>());

    private final NavigableMap<LocalDate, Optional<T>> starts;

    private Timeline(NavigableMap<LocalDate, Optional<T>> starts) {
        this.starts = starts;
    }

    @SuppressWarnings("unchecked")
    public static <T> Timeline<T> empty() {
        return (Timeline<T>) EMPTY;
    }

    public static <T> Builder<T> builder() {
        return new Builder<>();
    }

    public Optional<T> on(LocalDate day) {
        Map.Entry<LocalDate, Optional<T>> start = starts.floorEntry(day);
        return start == null ? Optional.empty() : start.getValue();
    }

    /**
     * The days in {@code (from, to]} on which something else may show than on the day before,
     * ascending. What has no end does not end on {@link Validity#FOREVER}.
     */
    public Iterable<LocalDate> breaks(LocalDate from, LocalDate to) {
        return to.isAfter(from)
                ? starts.subMap(from, false, to, to.isBefore(Validity.FOREVER)).keySet()
                : List.of();
    }

    public List<Segment<T>> segments() {
        List<Segment<T>> segments = new ArrayList<>();
        starts.forEach((from, value) -> {
            value.ifPresent(v -> segments.add(new Segment<>(from, starts.higherKey(from), v)));
        });
        return segments;
    }

    /** Lays layers from the lowest to the uppermost, each in O(log n) amortised. */
    public static final class Builder<T> {
        private final NavigableMap<LocalDate, Optional<T>> starts = new TreeMap<>();

        public Builder<T> lay(Validity validity, T value) {
            return put(validity.from(), validity.to(), Optional.of(value));
        }

        private Builder<T> put(LocalDate from, LocalDate to, Optional<T> value) {
            Map.Entry<LocalDate, Optional<T>> end = starts.floorEntry(to);
            Optional<T> after = end == null ? Optional.empty() : end.getValue();
            starts.subMap(from, true, to, false).clear();
            starts.put(from, value);
            starts.put(to, after);
            return this;
        }

        public Optional<T> on(LocalDate day) {
            Map.Entry<LocalDate, Optional<T>> start = starts.floorEntry(day);
            return start == null ? Optional.empty() : start.getValue();
        }

        public Timeline<T> build() {
            return new Timeline<>(starts);
        }
    }
}
