package org.agreementledger.benchmark;

import java.util.Arrays;

/** Durations of one kind of request. */
final class Sample {

    private final long[] nanoseconds;
    private int size;

    Sample(int capacity) {
        this.nanoseconds = new long[capacity];
    }

    void add(long duration) {
        nanoseconds[size++] = duration;
    }

    /**
     * @param share 0.5 for the median
     */
    double milliseconds(double share) {
        long[] sorted = Arrays.copyOf(nanoseconds, size);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(size - 1L, (long) (share * size))] / 1e6;
    }
}
