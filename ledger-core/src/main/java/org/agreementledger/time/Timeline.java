package org.agreementledger.time;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What holds on each day: layers laid over one another, of which on any day the uppermost that is
 * valid shows.
 *
 * @param <T> what a layer says
 */
public final class Timeline<T> {

    /** A longest run of days on which the same layer shows; {@code to} is exclusive. */
    public record Segment<T>(LocalDate from, LocalDate to, T value) {}

    private static final Timeline<?> EMPTY = new Timeline<>(List.of(), List.of());

    /** The days on which something else shows than on the day before, ascending. */
    private final List<LocalDate> starts;

    /** What shows from each of them; null for nothing. */
    private final List<@Nullable T> shown;

    private Timeline(List<LocalDate> starts, List<@Nullable T> shown) {
        this.starts = starts;
        this.shown = shown;
    }

    @SuppressWarnings("unchecked")
    public static <T> Timeline<T> empty() {
        return (Timeline<T>) EMPTY;
    }

    public static <T> Builder<T> builder() {
        return new Builder<>();
    }

    public Optional<T> on(LocalDate day) {
        return Optional.ofNullable(shown(run(day)));
    }

    /** The run of days that this one lies in; -1 before the first. */
    private int run(LocalDate day) {
        int place = Collections.binarySearch(starts, day);
        return place < 0 ? -place - 2 : place;
    }

    private @Nullable T shown(int run) {
        return run < 0 ? null : shown.get(run);
    }

    /**
     * The days in {@code (from, to]} on which something else shows than on the day before,
     * ascending. What has no end does not end on {@link Validity#FOREVER}.
     */
    public List<LocalDate> breaks(LocalDate from, LocalDate to) {
        LocalDate last = to.isBefore(Validity.FOREVER) ? to : Validity.FOREVER.minusDays(1);
        return last.isAfter(from) ? starts.subList(run(from) + 1, run(last) + 1) : List.of();
    }

    public List<Segment<T>> segments() {
        return segments(0, starts.size() - 1).toList();
    }

    /** Those with a day from {@code from} to {@code to}, and those next to them. */
    public Stream<Segment<T>> segments(LocalDate from, LocalDate to) {
        return segments(Math.max(0, run(from.minusDays(1))), run(to));
    }

    private Stream<Segment<T>> segments(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .filter(run -> shown.get(run) != null)
                .mapToObj(run ->
                        new Segment<>(
                                starts.get(run),
                                starts.get(run + 1),
                                Objects.requireNonNull(shown.get(run))));
    }

    /**
     * With one more layer, which shows where nothing else does, or something that lies beneath it.
     * It costs a copy; to lay all of them anew would cost more.
     */
    public Timeline<T> with(Validity validity, T layer, Predicate<? super T> liesBeneath) {
        int last = run(validity.to());
        Runs<T> runs = new Runs<>(starts.size() + 2);
        runs.addAll(this, 0, run(validity.from().minusDays(1)) + 1);
        LocalDate from = validity.from();
        for (int run = run(from); run <= last && from.isBefore(validity.to()); run++) {
            T before = shown(run);
            runs.add(from, before == null || liesBeneath.test(before) ? layer : before);
            from = run < starts.size() - 1 ? starts.get(run + 1) : validity.to();
        }
        runs.add(validity.to(), shown(last));
        runs.addAll(this, last + 1, starts.size());
        return runs.timeline();
    }

    /** Appended in order; what goes on unchanged starts no other run. */
    private static final class Runs<T> {
        private final List<LocalDate> starts;
        private final List<@Nullable T> shown;

        Runs(int capacity) {
            this.starts = new ArrayList<>(capacity);
            this.shown = new ArrayList<>(capacity);
        }

        void add(LocalDate from, @Nullable T value) {
            if (value != (shown.isEmpty() ? null : shown.getLast())) {
                starts.add(from);
                shown.add(value);
            }
        }

        void addAll(Timeline<T> timeline, int first, int end) {
            starts.addAll(timeline.starts.subList(first, end));
            shown.addAll(timeline.shown.subList(first, end));
        }

        Timeline<T> timeline() {
            return new Timeline<>(starts, shown);
        }
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
            Runs<T> runs = new Runs<>(starts.size());
            starts.forEach((from, value) -> runs.add(from, value.orElse(null)));
            return runs.timeline();
        }
    }
}
