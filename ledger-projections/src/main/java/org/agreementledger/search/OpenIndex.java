package org.agreementledger.search;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.LogByteSizeMergePolicy;
import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.CollectionTerminatedException;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Weight;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;

/**
 * Lucene, used as a list: the entry at position n is document n. Documents are only appended, one
 * writer at a time, and only neighbouring segments are merged, so they keep their numbers; a page
 * is then read off the postings in order, without scores, sorting or stored fields.
 */
final class OpenIndex implements AutoCloseable {

    private static final String FORMAT = "format";
    private static final String EVENT_ID = "eventId";
    private static final double BUFFER_MEGABYTES = 16;

    /** So much at most is indexed again after a crash. */
    private static final int UNCOMMITTED_MAX = 20_000;

    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private int uncommitted;
    private @Nullable String lastEventId;
    private volatile long written;
    private volatile long visible;
    private volatile boolean beingBuilt;

    OpenIndex(Directory directory) throws IOException {
        this.directory = directory;
        this.writer =
                new IndexWriter(
                        directory,
                        new IndexWriterConfig(Words.ANALYZER)
                                .setMergePolicy(new LogByteSizeMergePolicy())
                                .setRAMBufferSizeMB(BUFFER_MEGABYTES)
                                .setCommitOnClose(false));
        try {
            this.searchers = new SearcherManager(writer, new SearcherFactory());
            this.written = writer.getDocStats().maxDoc - 1L;
            this.visible = written;
            this.lastEventId = commitData().get(EVENT_ID);
        } catch (IOException | RuntimeException e) {
            writer.rollback();
            throw e;
        }
    }

    private Map<String, String> commitData() {
        Map<String, String> data = new HashMap<>();
        Iterable<Map.Entry<String, String>> live = writer.getLiveCommitData();
        if (live != null) {
            live.forEach(field -> data.put(field.getKey(), field.getValue()));
        }
        return data;
    }

    /** Whether it is of this version of ours, whole, and ends with the entry that stands there. */
    boolean belongsTo(EntryIndex.Source entries) {
        if (written < 0) {
            return true;
        }
        IndexWriter.DocStats stats = writer.getDocStats();
        return stats.maxDoc == stats.numDocs
                && Queries.FORMAT.equals(commitData().get(FORMAT))
                && entries.eventId(written).filter(id -> id.equals(lastEventId)).isPresent();
    }

    /** The last position that queries see; -1 before the first. */
    long position() {
        return visible;
    }

    long written() {
        return written;
    }

    /** Whether something is written that queries do not see yet. */
    boolean isBeingBuilt() {
        return beingBuilt;
    }

    /**
     * @param last whether there are no more for now, so that queries may see them
     */
    void append(List<IndexedEntry> entries, boolean last) throws IOException {
        for (IndexedEntry entry : entries) {
            if (entry.position() != written + 1) {
                throw new IllegalStateException(
                        "position %d follows %d".formatted(entry.position(), written));
            }
            writer.addDocument(Queries.document(entry));
            written = entry.position();
            lastEventId = entry.eventId();
        }
        uncommitted += entries.size();
        if (uncommitted >= UNCOMMITTED_MAX) {
            commit();
        }
        beingBuilt = true;
        if (last) {
            searchers.maybeRefreshBlocking();
            visible = written;
            beingBuilt = false;
        }
    }

    Directory directory() {
        return directory;
    }

    private void commit() throws IOException {
        if (uncommitted > 0) {
            writer.setLiveCommitData(
                    Map.of(FORMAT, Queries.FORMAT, EVENT_ID, String.valueOf(lastEventId))
                            .entrySet());
            writer.commit();
            uncommitted = 0;
        }
    }

    /** The first positions after {@code after}, ascending. */
    List<Long> positions(Query query, long after, int limit) throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            Weight weight = weight(searcher, query);
            List<Long> positions = new ArrayList<>();
            for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
                if (positions.size() < limit && leaf.docBase + leaf.reader().maxDoc() > after + 1) {
                    collect(weight, leaf, after, limit, positions);
                }
            }
            return positions;
        } finally {
            searchers.release(searcher);
        }
    }

    /**
     * The last positions, descending. Postings are read forwards only, but the segments from the
     * last one back, and the early ones are the large ones.
     */
    List<Long> newest(Query query, int limit) throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            Weight weight = weight(searcher, query);
            List<Long> newest = new ArrayList<>();
            for (LeafReaderContext leaf : searcher.getIndexReader().leaves().reversed()) {
                if (newest.size() < limit) {
                    newest.addAll(last(weight, leaf, limit - newest.size()));
                }
            }
            return newest;
        } finally {
            searchers.release(searcher);
        }
    }

    private static Weight weight(IndexSearcher searcher, Query query) throws IOException {
        searcher.setQueryCache(null);
        return searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
    }

    private static Deque<Long> last(Weight weight, LeafReaderContext leaf, int limit)
            throws IOException {
        Deque<Long> last = new ArrayDeque<>();
        BulkScorer scorer = weight.bulkScorer(leaf);
        if (scorer != null) {
            scorer.score(
                    new LastOnes(leaf.docBase, limit, last),
                    null,
                    0,
                    DocIdSetIterator.NO_MORE_DOCS);
        }
        return last;
    }

    List<int[]> perDay(Daily daily, List<String> values) throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            searcher.setQueryCache(null);
            return new DailyCounts(searcher, daily, values).count();
        } finally {
            searchers.release(searcher);
        }
    }

    /** In bulk: where all criteria are common and none is met together, one by one takes long. */
    private static void collect(
            Weight weight, LeafReaderContext leaf, long after, int limit, List<Long> positions)
            throws IOException {
        BulkScorer scorer = weight.bulkScorer(leaf);
        if (scorer == null) {
            return;
        }
        try {
            scorer.score(
                    new FirstOnes(leaf.docBase, limit, positions),
                    null,
                    (int) Math.max(0, after + 1 - leaf.docBase),
                    DocIdSetIterator.NO_MORE_DOCS);
        } catch (CollectionTerminatedException _) {
            // There are as many as were asked for.
        }
    }

    private record FirstOnes(int docBase, int limit, List<Long> positions)
            implements LeafCollector {

        @Override
        public void setScorer(Scorable scorer) {
            // Nothing is scored.
        }

        @Override
        public void collect(int document) {
            positions.add((long) docBase + document);
            if (positions.size() == limit) {
                throw new CollectionTerminatedException();
            }
        }
    }

    /**
     * @param positions the last one first
     */
    private record LastOnes(int docBase, int limit, Deque<Long> positions)
            implements LeafCollector {

        @Override
        public void setScorer(Scorable scorer) {
            // Nothing is scored.
        }

        @Override
        public void collect(int document) {
            positions.addFirst((long) docBase + document);
            if (positions.size() > limit) {
                positions.removeLast();
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (directory;
                writer;
                searchers) {
            commit();
        }
    }

    /** Without a commit: what was written since the last one is written again. */
    void abandon() {
        try (directory;
                searchers) {
            writer.rollback();
        } catch (IOException | RuntimeException _) {
            // It has failed already, for a reason that was told.
        }
    }
}
