package org.agreementledger.search;

import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.pattern.PatternReplaceFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * Cuts texts into words, without case and accents. Words stay as they are otherwise: in a contract
 * "license" and "licensee" are two things, and "not" is a word.
 */
final class Words extends Analyzer {

    static final Words ANALYZER = new Words();

    /** So that no phrase runs from one text of an entry into the next. */
    private static final int GAP = 100;

    /** Accents written as characters of their own. */
    private static final Pattern COMBINING = Pattern.compile("[\\u0300-\\u036f]+");

    private Words() {}

    @Override
    protected TokenStreamComponents createComponents(String field) {
        Tokenizer tokenizer = new StandardTokenizer();
        return new TokenStreamComponents(tokenizer, normalize(field, tokenizer));
    }

    @Override
    protected TokenStream normalize(String field, TokenStream in) {
        return new PatternReplaceFilter(
                new ASCIIFoldingFilter(new LowerCaseFilter(in)), COMBINING, "", true);
    }

    @Override
    public int getPositionIncrementGap(String field) {
        return GAP;
    }
}
