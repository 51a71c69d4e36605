package org.agreementledger.search;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.agreementledger.search.Daily.Dated;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.ConjunctionUtils;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;

/**
 * Counts entries by the day: what fits is found once, and then gone through with the postings of
 * each value beside the column of days.
 */
final class DailyCounts {

    private static final long MILLIS_OF_DAY = 86_400_000;

    private final IndexSearcher searcher;
    private final Daily daily;
    private final List<String> values;

    /** By value; one for all where there is nothing to count by. */
    private final List<int[]> counts;

    DailyCounts(IndexSearcher searcher, Daily daily, List<String> values) {
        this.searcher = searcher;
        this.daily = daily;
        this.values = values;
        this.counts =
                Stream.generate(() -> new int[daily.days()])
                        .limit(daily.by() == null ? 1 : values.size())
                        .toList();
    }

    List<int[]> count() throws IOException {
        Weight weight =
                searcher.createWeight(
                        searcher.rewrite(Queries.query(daily.criteria())),
                        ScoreMode.COMPLETE_NO_SCORES,
                        1);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            Scorer scorer = weight.scorer(leaf);
            if (scorer != null) {
                count(scorer.iterator(), leaf);
            }
        }
        return counts;
    }

    private void count(DocIdSetIterator fitting, LeafReaderContext leaf) throws IOException {
        Attribute by = daily.by();
        if (by == null) {
            count(fitting, leaf, counts.getFirst());
            return;
        }
        FixedBitSet found = new FixedBitSet(leaf.reader().maxDoc());
        found.or(fitting);
        long cost = found.cardinality();
        for (int i = 0; i < values.size(); i++) {
            PostingsEnum said =
                    leaf.reader().postings(new Term(by.field(), values.get(i)), PostingsEnum.NONE);
            if (said != null) {
                count(
                        ConjunctionUtils.intersectIterators(
                                List.of(said, new BitSetIterator(found, cost))),
                        leaf,
                        counts.get(i));
            }
        }
    }

    private void count(DocIdSetIterator documents, LeafReaderContext leaf, int[] days)
            throws IOException {
        SortedNumericDocValues column =
                DocValues.getSortedNumeric(leaf.reader(), Queries.field(daily.dated()));
        long unit = daily.dated() == Dated.RECORDED ? MILLIS_OF_DAY : 1;
        long first = daily.first().toEpochDay();
        long end = Math.min(DocIdSetIterator.NO_MORE_DOCS, daily.through() + 1 - leaf.docBase);
        for (int document = documents.nextDoc(); document < end; document = documents.nextDoc()) {
            column.advanceExact(document);
            long day = Math.floorDiv(column.nextValue(), unit) - first;
            if (day >= 0 && day < days.length) {
                days[(int) day]++;
            }
        }
    }
}
