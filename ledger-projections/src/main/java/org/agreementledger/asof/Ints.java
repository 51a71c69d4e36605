package org.agreementledger.asof;

import java.util.Arrays;

/** A column of numbers that grows. */
final class Ints {

    private int[] values = new int[4];
    private int size;

    int get(int row) {
        return values[row];
    }

    void set(int row, int value) {
        values[row] = value;
    }

    void add(int value) {
        insert(size, value);
    }

    void insert(int row, int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size + Math.max(4, size / 4));
        }
        System.arraycopy(values, row, values, row + 1, size - row);
        values[row] = value;
        size++;
    }

    int size() {
        return size;
    }

    int bytes() {
        return Integer.BYTES * values.length;
    }
}
