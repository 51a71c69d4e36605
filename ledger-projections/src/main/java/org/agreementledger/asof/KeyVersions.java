package org.agreementledger.asof;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Finds the row that prevails on one key, on any day, as known at any moment. What is known at the
 * same moment overlaps on no day; so at some moments all that was known is noted by day, and of a
 * question only what was started since the last of them is gone through.
 */
final class KeyVersions {

    /** So many rows at least, or such a share of all, are gone through without a note. */
    private static final int ROWS_APART = 256;

    private static final int SHARE_APART = 16;

    /**
     * What was known when the {@code rows} first ones were the only ones, by day.
     *
     * @param at the sequence that started the last of them
     */
    private record Note(int rows, int at, int[] byDay) {}

    private final String key;
    private final KnownRows known;
    private final Ints validFrom;
    private final Ints validTo;
    private final Ints rows = new Ints();
    private final List<Note> notes = new ArrayList<>();

    /**
     * @param known all rows of an agreement, as are the columns
     */
    KeyVersions(String key, KnownRows known, Ints validFrom, Ints validTo) {
        this.key = key;
        this.known = known;
        this.validFrom = validFrom;
        this.validTo = validTo;
    }

    String key() {
        return key;
    }

    void add(int row) {
        rows.add(row);
    }

    /** After a whole entry is added, and what it ended is known. */
    void note() {
        for (int next = nextNote(); next <= rows.size(); next = nextNote()) {
            int at = known.from(rows.get(next - 1));
            int all = next;
            while (all < rows.size() && known.from(rows.get(all)) == at) {
                all++;
            }
            notes.add(
                    new Note(
                            all,
                            at,
                            IntStream.range(0, all)
                                    .map(rows::get)
                                    .filter(row -> known.isKnown(row, at))
                                    .filter(row -> validFrom.get(row) < validTo.get(row))
                                    .boxed()
                                    .sorted((one, two) ->
                                            Integer.compare(validFrom.get(one), validFrom.get(two)))
                                    .mapToInt(row -> row)
                                    .toArray()));
        }
    }

    private int nextNote() {
        int last = notes.isEmpty() ? 0 : notes.getLast().rows();
        return last + Math.max(ROWS_APART, last / SHARE_APART);
    }

    /**
     * @param day counted from the epoch
     * @param at the newest sequence then
     */
    OptionalInt on(int day, int at) {
        int since = 0;
        for (int i = notes.size() - 1; i >= 0; i--) {
            Note note = notes.get(i);
            if (note.at() <= at) {
                int noted = noted(note, day);
                if (noted >= 0 && prevails(noted, day, at)) {
                    return OptionalInt.of(noted);
                }
                since = note.rows();
                break;
            }
        }
        for (int i = since; i < rows.size() && known.from(rows.get(i)) <= at; i++) {
            if (prevails(rows.get(i), day, at)) {
                return OptionalInt.of(rows.get(i));
            }
        }
        return OptionalInt.empty();
    }

    /** The last one that starts until that day; -1 where none does. */
    private int noted(Note note, int day) {
        int low = 0;
        int high = note.byDay().length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean until = validFrom.get(note.byDay()[middle]) <= day;
            low = until ? middle + 1 : low;
            high = until ? high : middle;
        }
        return low == 0 ? -1 : note.byDay()[low - 1];
    }

    private boolean prevails(int row, int day, int at) {
        return validFrom.get(row) <= day && day < validTo.get(row) && known.isKnown(row, at);
    }

    /** Whether anything was known of the key. */
    boolean isKnown(int at) {
        for (int i = 0; i < rows.size() && known.from(rows.get(i)) <= at; i++) {
            if (known.isKnown(rows.get(i), at)) {
                return true;
            }
        }
        return false;
    }

    int bytes() {
        int bytes = 100 + rows.bytes();
        for (Note note : notes) {
            bytes += 40 + Integer.BYTES * note.byDay().length;
        }
        return bytes;
    }
}
