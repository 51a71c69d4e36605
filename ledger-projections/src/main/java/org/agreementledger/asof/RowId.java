package org.agreementledger.asof;

/**
 * Numbers rows by the position that brought them, and by their place among those it brought, so
 * that building the tables again gives the same numbers.
 */
final class RowId {

    private static final int PLACE_BITS = 20;

    /** How many numbers there are for what one position brings. */
    static final long PER_POSITION = 1L << PLACE_BITS;

    private RowId() {}

    static long of(long position, int place) {
        if (place < 0 || place >= PER_POSITION) {
            throw new IllegalStateException(
                    "position " + position + " brings more rows than there are numbers");
        }
        return position << PLACE_BITS | place;
    }

    static long position(long id) {
        return id >> PLACE_BITS;
    }

    static int place(long id) {
        return (int) (id & (PER_POSITION - 1));
    }
}
