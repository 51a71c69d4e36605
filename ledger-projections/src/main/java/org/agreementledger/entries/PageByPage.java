package org.agreementledger.entries;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.agreementledger.entries.Entries.Page;
import org.jspecify.annotations.Nullable;

/** Reads the next page when the one before is used up, and asked to go on. */
final class PageByPage implements Iterator<EntryAnswer> {

    /** Reads the page after a position. */
    interface Source {
        Page after(long position);
    }

    private final Source source;
    private final long last;
    private Iterator<EntryAnswer> items;
    private @Nullable Long next;

    /**
     * @param last the position after which it ends
     */
    PageByPage(Source source, long after, long last) {
        this.source = source;
        this.last = last;
        this.items = read(after);
    }

    private Iterator<EntryAnswer> read(long after) {
        Page page = source.after(after);
        next = page.next();
        return page.items().stream()
                .takeWhile(entry -> Objects.requireNonNull(entry.position()) <= last)
                .iterator();
    }

    @Override
    public boolean hasNext() {
        while (!items.hasNext() && next != null && next < last) {
            items = read(next);
        }
        return items.hasNext();
    }

    @Override
    public EntryAnswer next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return items.next();
    }
}
