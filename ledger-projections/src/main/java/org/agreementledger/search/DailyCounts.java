package org.agreementledger.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agreementledger.search.Daily.Dated;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;

/** Counts entries by the day, running through the postings beside the column of days. */
final class DailyCounts {

    private static final long MILLIS_OF_DAY = 86_400_000;

    private final IndexSearcher searcher;
    private final Daily daily;

    DailyCounts(IndexSearcher searcher, Daily daily) {
        this.searcher = searcher;
        this.daily = daily;
    }

    List<int[]> of(List<Query> queries) throws IOException {
        List<int[]> counts = new ArrayList<>();
        for (Query query : queries) {
            counts.add(of(query));
        }
        return counts;
    }

    private int[] of(Query query) throws IOException {
        int[] counts = new int[daily.days()];
        Weight weight =
                searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            Scorer scorer = weight.scorer(leaf);
            if (scorer != null) {
                count(scorer.iterator(), leaf, counts);
            }
        }
        return counts;
    }

    private void count(DocIdSetIterator documents, LeafReaderContext leaf, int[] counts)
            throws IOException {
        SortedNumericDocValues values =
                DocValues.getSortedNumeric(leaf.reader(), Queries.field(daily.dated()));
        long unit = daily.dated() == Dated.RECORDED ? MILLIS_OF_DAY : 1;
        long first = daily.first().toEpochDay();
        long end = Math.min(DocIdSetIterator.NO_MORE_DOCS, daily.through() + 1 - leaf.docBase);
        for (int document = documents.nextDoc(); document < end; document = documents.nextDoc()) {
            values.advanceExact(document);
            long day = Math.floorDiv(values.nextValue(), unit) - first;
            if (day >= 0 && day < counts.length) {
                counts[(int) day]++;
            }
        }
    }
}
