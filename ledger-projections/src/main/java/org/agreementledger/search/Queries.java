package org.agreementledger.search;

import java.time.Instant;
import java.time.LocalDate;
import org.agreementledger.search.Daily.Dated;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** Entries as documents, and criteria as queries on them. */
final class Queries {

    /** Another number when anything below is another: the index is then built anew. */
    static final String FORMAT = "1";

    private static final String OCCURRED_ON = "occurredOn";
    private static final String RECORDED_AT = "recordedAt";
    private static final FieldType WORDS = words();

    private Queries() {}

    private static FieldType words() {
        FieldType type = new FieldType();
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
        type.setTokenized(true);
        type.setOmitNorms(true);
        type.freeze();
        return type;
    }

    static Document document(IndexedEntry entry) {
        Document document = new Document();
        entry.attributes()
                .forEach((attribute, values) ->
                        values.forEach(value ->
                                document.add(
                                        new StringField(
                                                attribute.field(), value, Field.Store.NO))));
        entry.texts().forEach(text -> document.add(new Field(ExpressionParser.TEXT, text, WORDS)));
        document.add(new LongField(OCCURRED_ON, entry.occurredOn().toEpochDay(), Field.Store.NO));
        // Record time never decreases, so that ranges skip along these values without an index.
        document.add(
                NumericDocValuesField.indexedField(RECORDED_AT, entry.recordedAt().toEpochMilli()));
        return document;
    }

    static Query query(Criteria criteria) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        criteria.attributes()
                .forEach((attribute, value) ->
                        all.add(new TermQuery(new Term(attribute.field(), value)), Occur.FILTER));
        if (criteria.occurredFrom() != null || criteria.occurredTo() != null) {
            LocalDate from = criteria.occurredFrom();
            LocalDate to = criteria.occurredTo();
            all.add(
                    LongField.newRangeQuery(
                            OCCURRED_ON,
                            from == null ? Long.MIN_VALUE : from.toEpochDay(),
                            to == null ? Long.MAX_VALUE : to.toEpochDay()),
                    Occur.FILTER);
        }
        if (criteria.recordedFrom() != null || criteria.recordedTo() != null) {
            Instant from = criteria.recordedFrom();
            Instant to = criteria.recordedTo();
            all.add(
                    NumericDocValuesField.newSlowRangeQuery(
                            RECORDED_AT,
                            from == null ? Long.MIN_VALUE : firstMilliFrom(from),
                            to == null ? Long.MAX_VALUE : to.toEpochMilli()),
                    Occur.FILTER);
        }
        if (criteria.words() != null) {
            addWords(ExpressionParser.read(criteria.words().text()), all);
        }
        BooleanQuery query = all.build();
        return query.clauses().isEmpty() ? MatchAllDocsQuery.INSTANCE : query;
    }

    /**
     * Words that must all be there stand beside the other criteria, to be met together with them.
     */
    private static void addWords(Query words, BooleanQuery.Builder all) {
        if (words instanceof BooleanQuery several
                && several.clauses().stream().noneMatch(clause -> clause.occur() == Occur.SHOULD)) {
            several.forEach(clause ->
                    all.add(clause.query(), clause.isProhibited() ? Occur.MUST_NOT : Occur.FILTER));
        } else {
            all.add(words, Occur.FILTER);
        }
    }

    /** The column of an entry's days, or of its milliseconds. */
    static String field(Dated dated) {
        return switch (dated) {
            case OCCURRED -> OCCURRED_ON;
            case RECORDED -> RECORDED_AT;
        };
    }

    private static long firstMilliFrom(Instant from) {
        long milli = from.toEpochMilli();
        return Instant.ofEpochMilli(milli).isBefore(from) ? milli + 1 : milli;
    }
}
