package org.agreementledger.asof;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agreementledger.asof.AgreementTurns.Around;
import org.agreementledger.asof.MarkRow.Slot;
import org.agreementledger.asof.TermRow.State;
import org.agreementledger.readmodels.Tally;
import org.jspecify.annotations.Nullable;

/**
 * Where every row of one agreement in one view lies on both axes, in columns: most questions go
 * through them from end to end. Days are counted from the epoch, record time in sequences.
 *
 * <p>Not for several threads at once, if one of them adds rows.
 */
final class TermColumns {

    /** By sequence. */
    private long[] positions = new long[4];

    private int sequence;

    private final KnownRows versions = new KnownRows();
    private final List<String> versionKeys = new ArrayList<>();
    private final Ints versionStates = new Ints();
    private final Ints validFrom = new Ints();
    private final Ints validTo = new Ints();

    /** The sequence and the place that make up the id of the wording. */
    private final Ints wordedAt = new Ints();

    private final Ints wordedPlace = new Ints();
    private final Map<String, KeyVersions> keys = new HashMap<>();

    private final KnownRows marks = new KnownRows();
    private final Ints occurredOn = new Ints();
    private final Ints markedBy = new Ints();
    private final Ints markWordedAt = new Ints();

    /** The rows of each slot, the last word last: there can be a mark for each key and entry. */
    private final Map<Slot, Ints> slots = new HashMap<>();

    private final KnownRows turns = new KnownRows();
    private final Ints turnedOn = new Ints();

    private final KnownRows agreements = new KnownRows();
    private final List<AgreementRow> agreementRows = new ArrayList<>();

    /** The sequences from which on the tallies are known. */
    private final Ints talliedAt = new Ints();

    private final Ints changes = new Ints();
    private final Ints contradictions = new Ints();

    /** The newest that was read. */
    int sequence() {
        return sequence;
    }

    /** The position of the newest that was read; -1 before the first. */
    long position() {
        return sequence == 0 ? -1 : positions[sequence - 1];
    }

    /** Takes what follows on {@link #sequence()}. */
    void add(NewRows rows) {
        for (long position : rows.positions()) {
            if (sequence == positions.length) {
                positions = Arrays.copyOf(positions, sequence + Math.max(4, sequence / 4));
            }
            positions[sequence++] = position;
        }
        for (NewRows.Version row : rows.versions().started()) {
            start(versions, row.id(), row.knownTo());
            KeyVersions ofKey =
                    keys.computeIfAbsent(
                            row.key(), key -> new KeyVersions(key, versions, validFrom, validTo));
            ofKey.add(versions.size() - 1);
            versionKeys.add(ofKey.key());
            versionStates.add(row.state().ordinal());
            validFrom.add(row.validFrom());
            validTo.add(row.validTo());
            wordedAt.add(sequenceAt(RowId.position(row.wordingId())));
            wordedPlace.add(RowId.place(row.wordingId()));
        }
        for (NewRows.Mark row : rows.marks().started()) {
            int number = start(marks, row.id(), row.knownTo());
            occurredOn.add(row.occurredOn());
            markedBy.add(row.sequence());
            markWordedAt.add(sequenceAt(row.entryWording()));
            place(number, slots.computeIfAbsent(row.slot(), _ -> new Ints()));
        }
        for (NewRows.Turn row : rows.turns().started()) {
            start(turns, row.id(), row.knownTo());
            turnedOn.add(row.day());
        }
        for (NewRows.Agreement row : rows.agreements().started()) {
            start(agreements, row.id(), row.knownTo());
            agreementRows.add(row.row());
        }
        for (NewRows.Counted row : rows.tallies()) {
            talliedAt.add(sequenceAt(row.knownFrom()));
            changes.add(row.tally().changes());
            contradictions.add(row.tally().contradictions());
        }
        end(versions, rows.versions().ended());
        keys.values().forEach(KeyVersions::note);
        end(marks, rows.marks().ended());
        end(turns, rows.turns().ended());
        end(agreements, rows.agreements().ended());
    }

    private int start(KnownRows rows, long id, long knownTo) {
        rows.add(sequenceAt(RowId.position(id)), RowId.place(id), knownTo(knownTo));
        return rows.size() - 1;
    }

    private void end(KnownRows rows, List<NewRows.End> ends) {
        for (NewRows.End end : ends) {
            rows.end(
                    sequenceAt(RowId.position(end.id())),
                    RowId.place(end.id()),
                    knownTo(end.knownTo()));
        }
    }

    /**
     * An end that lies beyond what was read is learnt of together with the entry that brought it.
     */
    private int knownTo(long knownTo) {
        return knownTo > position() ? KnownRows.OPEN : sequenceAt(knownTo);
    }

    private void place(int mark, Ints slot) {
        int place = slot.size();
        while (place > 0 && isLater(slot.get(place - 1), mark)) {
            place--;
        }
        slot.insert(place, mark);
    }

    private boolean isLater(int mark, int other) {
        int days = Integer.compare(occurredOn.get(mark), occurredOn.get(other));
        return days > 0 || (days == 0 && markedBy.get(mark) > markedBy.get(other));
    }

    /** The newest sequence at that position; 0 before the opening. */
    int sequenceAt(long position) {
        int found = Arrays.binarySearch(positions, 0, sequence, position);
        return found >= 0 ? found + 1 : -found - 1;
    }

    int bytes() {
        int bytes = 1_000 + Long.BYTES * (positions.length + versionKeys.size());
        for (KeyVersions key : keys.values()) {
            bytes += 100 + key.bytes();
        }
        for (KnownRows rows : List.of(versions, marks, turns, agreements)) {
            bytes += rows.bytes();
        }
        for (Ints column :
                List.of(
                        versionStates,
                        validFrom,
                        validTo,
                        wordedAt,
                        wordedPlace,
                        occurredOn,
                        markedBy,
                        markWordedAt,
                        turnedOn,
                        talliedAt,
                        changes,
                        contradictions)) {
            bytes += column.bytes();
        }
        for (Ints slot : slots.values()) {
            bytes += 150 + slot.bytes();
        }
        return bytes + 500 * agreementRows.size();
    }

    /** What was known when {@code at} was the newest sequence. */
    final class Known {
        private final int at;

        Known(int at) {
            this.at = at;
        }

        int sequence() {
            return at;
        }

        long position() {
            return positions[at - 1];
        }

        AgreementRow agreement(LocalDate day) {
            for (int row = 0; row < agreements.size(); row++) {
                AgreementRow agreement = agreementRows.get(row);
                if (agreements.isKnown(row, at)
                        && !day.isBefore(agreement.validFrom())
                        && day.isBefore(agreement.validTo())) {
                    return agreement;
                }
            }
            throw new IllegalStateException("no row tells of the agreement on " + day);
        }

        /** The ids of the wordings that are in force. */
        List<Long> held(LocalDate day) {
            List<Long> held = new ArrayList<>();
            for (KeyVersions key : keys.values()) {
                key.on((int) day.toEpochDay(), at)
                        .ifPresent(row -> {
                            if (versionStates.get(row) == State.HELD.ordinal()) {
                                held.add(wordingId(row));
                            }
                        });
            }
            return held;
        }

        int termsInForce(LocalDate day) {
            return held(day).size();
        }

        private long wordingId(int row) {
            return RowId.of(positions[wordedAt.get(row) - 1], wordedPlace.get(row));
        }

        boolean knows(String key) {
            KeyVersions versionsOfKey = keys.get(key);
            return versionsOfKey != null && versionsOfKey.isKnown(at);
        }

        /** The row that prevails on a key; empty where none does. */
        Optional<Prevailing> prevailing(String key, LocalDate day) {
            KeyVersions versionsOfKey = keys.get(key);
            OptionalInt row =
                    versionsOfKey == null
                            ? OptionalInt.empty()
                            : versionsOfKey.on((int) day.toEpochDay(), at);
            return row.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new Prevailing(
                                    State.at(versionStates.get(row.getAsInt())),
                                    wordingId(row.getAsInt())));
        }

        /** Every row that prevails on some day. */
        List<Range> ranges() {
            List<Range> ranges = new ArrayList<>();
            for (int row = 0; row < versions.size() && versions.from(row) <= at; row++) {
                if (validFrom.get(row) < validTo.get(row) && versions.isKnown(row, at)) {
                    ranges.add(
                            new Range(
                                    versionKeys.get(row),
                                    State.at(versionStates.get(row)),
                                    LocalDate.ofEpochDay(validFrom.get(row)),
                                    LocalDate.ofEpochDay(validTo.get(row)),
                                    wordingId(row)));
                }
            }
            return ranges;
        }

        /** The days on which a mark was made. */
        IntStream markDays() {
            return IntStream.range(0, marks.size())
                    .filter(row -> marks.isKnown(row, at))
                    .map(occurredOn::get)
                    .distinct();
        }

        /** The first days of what is said of title, parties and status. */
        Stream<LocalDate> agreementDays() {
            return IntStream.range(0, agreements.size())
                    .filter(row -> agreements.isKnown(row, at))
                    .mapToObj(row -> agreementRows.get(row).validFrom());
        }

        /** The last mark of each slot, made on or before that day. */
        Map<Slot, MarkRow> lastMarks(LocalDate day) {
            Map<Slot, MarkRow> last = new HashMap<>();
            slots.forEach((slot, rows) ->
                    lastMark(rows, (int) day.toEpochDay())
                            .ifPresent(row -> last.put(slot, mark(slot, row))));
            return last;
        }

        private OptionalInt lastMark(Ints rows, int day) {
            for (int i = countUntil(rows, day) - 1; i >= 0; i--) {
                int row = rows.get(i);
                if (marks.isKnown(row, at)) {
                    return OptionalInt.of(row);
                }
            }
            return OptionalInt.empty();
        }

        /** How many of a slot were made on or before that day. */
        private int countUntil(Ints rows, int day) {
            int low = 0;
            int high = rows.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                boolean until = occurredOn.get(rows.get(middle)) <= day;
                low = until ? middle + 1 : low;
                high = until ? high : middle;
            }
            return low;
        }

        private MarkRow mark(Slot slot, int row) {
            return new MarkRow(
                    slot,
                    LocalDate.ofEpochDay(occurredOn.get(row)),
                    markedBy.get(row),
                    positions[markWordedAt.get(row) - 1]);
        }

        /** The last day until then on which anything but a disclosure altered anything. */
        @Nullable LocalDate unchangedSince(LocalDate day) {
            int last = Integer.MIN_VALUE;
            for (int row = 0; row < turns.size(); row++) {
                int turn = turnedOn.get(row);
                if (turn > last && turn <= day.toEpochDay() && turns.isKnown(row, at)) {
                    last = turn;
                }
            }
            return last == Integer.MIN_VALUE ? null : LocalDate.ofEpochDay(last);
        }

        /** Ascending, each day once. */
        List<LocalDate> turnsUntil(LocalDate until) {
            return IntStream.range(0, turns.size())
                    .filter(row -> turns.isKnown(row, at))
                    .map(turnedOn::get)
                    .filter(turn -> turn <= until.toEpochDay())
                    .sorted()
                    .distinct()
                    .mapToObj(LocalDate::ofEpochDay)
                    .toList();
        }

        Around around(LocalDate day, LocalDate until) {
            int first = Integer.MAX_VALUE;
            int previous = Integer.MIN_VALUE;
            int next = Integer.MAX_VALUE;
            int last = Integer.MIN_VALUE;
            for (int row = 0; row < turns.size(); row++) {
                int turn = turnedOn.get(row);
                if (turn <= until.toEpochDay() && turns.isKnown(row, at)) {
                    first = Math.min(first, turn);
                    last = Math.max(last, turn);
                    previous = turn < day.toEpochDay() ? Math.max(previous, turn) : previous;
                    next = turn > day.toEpochDay() ? Math.min(next, turn) : next;
                }
            }
            return new Around(day(first), day(previous), day(next), day(last));
        }

        /** Null for either end of all numbers, which no day has. */
        private static @Nullable LocalDate day(int number) {
            return number == Integer.MIN_VALUE || number == Integer.MAX_VALUE
                    ? null
                    : LocalDate.ofEpochDay(number);
        }

        Tally tally() {
            int row = talliedAt.size() - 1;
            while (row >= 0 && talliedAt.get(row) > at) {
                row--;
            }
            return row < 0 ? Tally.NONE : new Tally(changes.get(row), contradictions.get(row));
        }
    }

    record Prevailing(State state, long wordingId) {}

    /** What prevails on a key from one day until before another. */
    record Range(String key, State state, LocalDate from, LocalDate to, long wordingId) {}
}
