package org.agreementledger.asof;

/**
 * Rows in the order of their ids, each with the range of record time in which it is known so.
 * Record time is counted in sequences of the agreement.
 */
final class KnownRows {

    /** Still known so. */
    static final int OPEN = Integer.MAX_VALUE;

    private final Ints from = new Ints();
    private final Ints place = new Ints();
    private final Ints to = new Ints();

    void add(int knownFrom, int rowPlace, int knownTo) {
        from.add(knownFrom);
        place.add(rowPlace);
        to.add(knownTo);
    }

    void end(int knownFrom, int rowPlace, int knownTo) {
        to.set(find(knownFrom, rowPlace), knownTo);
    }

    private int find(int knownFrom, int rowPlace) {
        int low = 0;
        int high = size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean before =
                    from.get(middle) < knownFrom
                            || (from.get(middle) == knownFrom && place.get(middle) < rowPlace);
            low = before ? middle + 1 : low;
            high = before ? high : middle;
        }
        return low;
    }

    boolean isKnown(int row, int at) {
        return from.get(row) <= at && at < to.get(row);
    }

    int from(int row) {
        return from.get(row);
    }

    int size() {
        return from.size();
    }

    int bytes() {
        return from.bytes() + place.bytes() + to.bytes();
    }
}
