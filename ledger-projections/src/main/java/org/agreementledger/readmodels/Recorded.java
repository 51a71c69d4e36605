package org.agreementledger.readmodels;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.agreementledger.agreement.Effect;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.Entry.Original;
import org.agreementledger.agreement.Findings;
import org.agreementledger.agreement.Verdict;
import org.agreementledger.terms.TermKey;

/**
 * What a fold keeps of an entry besides its history.
 *
 * @param affirmed the keys whose reaffirmation was upheld, as last judged
 * @param tally what it counted for when it was recorded
 * @param worded which entries gave it its present words
 */
record Recorded(long position, List<TermKey> affirmed, Tally tally, Worded worded) {

    static Recorded of(Entry entry, long position, Findings found) {
        return new Recorded(
                position,
                upheld(found),
                new Tally(
                        found.effect().sum() == Effect.Sum.CHANGED ? 1 : 0,
                        entry instanceof Original ? contradictions(found) : 0),
                Worded.of(entry, position));
    }

    private static List<TermKey> upheld(Findings found) {
        return found.verdicts().stream()
                .filter(verdict -> verdict.verdict() == Verdict.Finding.UPHELD)
                .map(Verdict::key)
                .toList();
    }

    private static int contradictions(Findings found) {
        return (int)
                found.verdicts().stream()
                        .filter(verdict -> verdict.verdict() == Verdict.Finding.CONTRADICTED)
                        .map(Verdict::key)
                        .distinct()
                        .count();
    }

    /** After a revision of the entry, which judges it anew. */
    Recorded judgedAnew(Findings found) {
        return new Recorded(position, upheld(found), tally, worded);
    }

    Recorded inOtherWords(Original was, Original is, long by) {
        return new Recorded(position, affirmed, tally, worded.corrected(was, is, by));
    }

    /**
     * The positions that gave an entry its present words: its own, or those of corrections that
     * said something else.
     *
     * @param header of what the entry says of itself
     * @param actions of each of its term actions
     */
    record Worded(long header, List<Long> actions) {

        static Worded of(Entry entry, long position) {
            return new Worded(
                    position,
                    entry instanceof Original original
                            ? Collections.nCopies(original.terms().size(), position)
                            : List.of());
        }

        Worded corrected(Original was, Original is, long by) {
            boolean sameHeader = sayTheSameOfThemselves(was, is);
            return new Worded(
                    sameHeader ? header : by,
                    IntStream.range(0, is.terms().size())
                            .mapToObj(place ->
                                    sameHeader
                                                    && place < was.terms().size()
                                                    && was.terms()
                                                            .get(place)
                                                            .equals(is.terms().get(place))
                                            ? actions.get(place)
                                            : (Long) by)
                            .toList());
        }

        private static boolean sayTheSameOfThemselves(Original was, Original is) {
            return was.kind() == is.kind()
                    && was.header().title().equals(is.header().title())
                    && was.header().occurredOn().equals(is.header().occurredOn())
                    && was.header().takesEffectOn().equals(is.header().takesEffectOn())
                    && was.header().sources().equals(is.header().sources());
        }
    }
}
