package org.agreementledger.agreement;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A list that never changes, and that one more item can be put behind without copying it: what is
 * put behind the longest one shares its array, so that a history that grows costs the same at any
 * length. Putting something behind a shorter one, or in the place of an item, copies.
 */
public final class Grown<T extends @Nullable Object> extends AbstractList<T>
        implements RandomAccess {

    private static final int CAPACITY = 8;

    private final Object[] items;
    private final int size;

    /** How much of the array is taken, by this list or a longer one. */
    private final AtomicInteger taken;

    private Grown(Object[] items, int size, AtomicInteger taken) {
        this.items = items;
        this.size = size;
        this.taken = taken;
    }

    public static <T extends @Nullable Object> Grown<T> empty() {
        return new Grown<>(new Object[0], 0, new AtomicInteger());
    }

    public Grown<T> and(T item) {
        if (size < items.length && taken.compareAndSet(size, size + 1)) {
            items[size] = item;
            return new Grown<>(items, size + 1, taken);
        }
        Object[] more = Arrays.copyOf(items, Math.max(CAPACITY, size + (size >> 1)));
        Arrays.fill(more, size, more.length, null);
        more[size] = item;
        return new Grown<>(more, size + 1, new AtomicInteger(size + 1));
    }

    /** With that item in the place of the one at {@code index}. */
    public Grown<T> put(int index, T item) {
        Objects.checkIndex(index, size);
        Object[] other = Arrays.copyOf(items, items.length);
        Arrays.fill(other, size, other.length, null);
        other[index] = item;
        return new Grown<>(other, size, new AtomicInteger(size));
    }

    @Override
    @SuppressWarnings("unchecked")
    public T get(int index) {
        return (T) items[Objects.checkIndex(index, size)];
    }

    @Override
    public int size() {
        return size;
    }
}
