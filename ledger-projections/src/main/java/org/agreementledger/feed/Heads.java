package org.agreementledger.feed;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest position of each feed that was asked for lately, with how far the ledger was looked
 * through for it: who asks again has only what came since looked at.
 */
final class Heads {

    /**
     * @param through the position up to which nothing newer belongs to the feed
     * @param newest -1 when nothing does
     */
    record Head(long through, long newest) {}

    private static final int FEEDS_MAX = 1_000;

    private final Map<FeedFilter, Head> heads =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<FeedFilter, Head> eldest) {
                    return size() > FEEDS_MAX;
                }
            };

    synchronized @Nullable Head of(FeedFilter filter) {
        return heads.get(filter);
    }

    synchronized void put(FeedFilter filter, Head head) {
        heads.put(filter, head);
    }
}
