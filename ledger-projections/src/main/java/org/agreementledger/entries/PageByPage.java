package org.agreementledger.entries;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** Reads the next page when the one before is used up, and asked to go on. */
final class PageByPage<T> implements Iterator<T> {

    private final LongFunction<List<T>> source;
    private final int size;
    private final ToLongFunction<T> position;
    private final long last;
    private List<T> page;
    private int taken;

    /**
     * @param source reads the page after a position
     * @param size of a page that may not be the last
     * @param last the position after which it ends
     */
    PageByPage(
            LongFunction<List<T>> source,
            int size,
            ToLongFunction<T> position,
            long after,
            long last) {
        this.source = source;
        this.size = size;
        this.position = position;
        this.last = last;
        this.page = source.apply(after);
    }

    @Override
    public boolean hasNext() {
        if (taken == page.size() && taken == size) {
            page = source.apply(position.applyAsLong(page.getLast()));
            taken = 0;
        }
        return taken < page.size() && position.applyAsLong(page.get(taken)) <= last;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.get(taken++);
    }
}
