package org.agreementledger.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/**
 * Reads search expressions: the words, phrases, prefixes, brackets, {@code OR} and {@code -} of
 * Lucene's syntax. Whatever else that syntax knows is refused, not ignored.
 */
final class ExpressionParser extends QueryParser {

    /** No expression can name it by accident. */
    static final String TEXT = "all texts";

    private static final int WORDS_MAX = 50;
    private static final int PREFIX_MIN = 2;

    private static final int CONJUNCTION_OR = 2;
    private static final int MODIFIER_NOT = 10;

    /** Stands between the alternatives in a list of clauses. */
    private static final BooleanClause EITHER =
            new BooleanClause(new MatchNoDocsQuery("OR"), Occur.SHOULD);

    private int words;

    private ExpressionParser() {
        super(TEXT, Words.ANALYZER);
        setSplitOnWhitespace(true);
        // The words that a hyphen or an apostrophe joins stand side by side.
        setAutoGeneratePhraseQueries(true);
    }

    /**
     * @throws IllegalArgumentException whose message says what is wrong with it
     */
    static Query read(String text) {
        try {
            Query query = new ExpressionParser().parse(text);
            if (query instanceof BooleanQuery nothing && nothing.clauses().isEmpty()) {
                throw new IllegalArgumentException("'" + text + "' holds no word to look for");
            }
            return query;
        } catch (ParseException e) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' does not parse as a search expression: "
                            + reason(e)
                            + "; what holds special characters can be put in quotation marks",
                    e);
        }
    }

    private static String reason(ParseException e) {
        if (e.getCause() instanceof ParseException cause && cause.currentToken != null) {
            return cause.currentToken.next.kind == EOF
                    ? "it breaks off"
                    : "'" + cause.currentToken.next.image + "' has no meaning where it stands";
        }
        return "a quotation mark or a slash stands alone";
    }

    // ---- how clauses are combined

    /** {@code OR} binds less than what stands side by side; Lucene's own reading mixes them. */
    @Override
    protected void addClause(
            List<BooleanClause> clauses, int conjunction, int modifier, @Nullable Query query) {
        if (query == null) {
            return;
        }
        if (query instanceof BoostQuery) {
            throw unfit("^ gives a word weight, and here entries come in their order");
        }
        if (conjunction == CONJUNCTION_OR) {
            clauses.add(EITHER);
        }
        clauses.add(
                new BooleanClause(query, modifier == MODIFIER_NOT ? Occur.MUST_NOT : Occur.MUST));
    }

    @Override
    protected @Nullable Query getBooleanQuery(List<BooleanClause> clauses) {
        List<Query> alternatives = new ArrayList<>();
        int from = 0;
        for (int to = 0; to <= clauses.size(); to++) {
            if (to == clauses.size() || clauses.get(to) == EITHER) {
                if (to > from) {
                    alternatives.add(together(clauses.subList(from, to)));
                }
                from = to + 1;
            }
        }
        if (alternatives.size() <= 1) {
            return alternatives.isEmpty() ? null : alternatives.getFirst();
        }
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        alternatives.forEach(alternative -> any.add(alternative, Occur.SHOULD));
        return any.build();
    }

    private static Query together(List<BooleanClause> clauses) {
        if (clauses.stream().allMatch(BooleanClause::isProhibited)) {
            throw unfit(
                    "what only excludes would match nearly everything; put a word beside it that is looked for");
        }
        if (clauses.size() == 1) {
            return clauses.getFirst().query();
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        clauses.forEach(all::add);
        return all.build();
    }

    // ---- what may be looked for

    @Override
    protected @Nullable Query getFieldQuery(String field, String text, boolean quoted)
            throws ParseException {
        checkField(field);
        count();
        return super.getFieldQuery(field, text, quoted);
    }

    @Override
    protected @Nullable Query getFieldQuery(String field, String text, int slop)
            throws ParseException {
        if (slop != 0) {
            throw unfit("~ is not understood; a phrase is looked for word by word");
        }
        return getFieldQuery(field, text, true);
    }

    @Override
    protected Query getPrefixQuery(String field, String text) {
        checkField(field);
        count();
        String prefix = Words.ANALYZER.normalize(field, text).utf8ToString();
        if (prefix.codePointCount(0, prefix.length()) < PREFIX_MIN) {
            throw unfit(
                    "'%s*' would match nearly everything; at least %d letters stand before *"
                            .formatted(text, PREFIX_MIN));
        }
        if (!tokens(text).equals(List.of(prefix))) {
            throw unfit("'%s*' is not the beginning of one word".formatted(text));
        }
        return new PrefixQuery(new Term(field, prefix));
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        try (TokenStream stream = Words.ANALYZER.tokenStream(TEXT, text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                tokens.add(term.toString());
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tokens;
    }

    @Override
    protected Query getWildcardQuery(String field, String text) {
        throw text.equals("*")
                ? unfit("* alone would match everything")
                : unfit(
                        "'%s': * stands at the end of a word only, and ? has no meaning; put it in quotation marks if it is meant itself"
                                .formatted(text));
    }

    @Override
    protected Query getFuzzyQuery(String field, String text, float similarity) {
        throw unfit("~ is not understood; similar words are not looked for");
    }

    @Override
    protected Query getRegexpQuery(String field, String text) {
        throw unfit("/%s/: regular expressions are not understood".formatted(text));
    }

    @Override
    protected Query getRangeQuery(
            String field, String from, String to, boolean fromIncluded, boolean toIncluded) {
        throw unfit("[ ] and { } are not understood; there are no ranges of words");
    }

    private static void checkField(String field) {
        if (!field.equals(TEXT)) {
            throw unfit(
                    "'%s:' has no meaning; words are looked for in all texts, and what holds a colon is put in quotation marks"
                            .formatted(field));
        }
    }

    private void count() {
        words++;
        if (words > WORDS_MAX) {
            throw unfit("it holds more than %d words and phrases".formatted(WORDS_MAX));
        }
    }

    private static IllegalArgumentException unfit(String reason) {
        return new IllegalArgumentException("the search expression cannot be used: " + reason);
    }
}
