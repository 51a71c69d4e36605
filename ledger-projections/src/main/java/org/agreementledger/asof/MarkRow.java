package org.agreementledger.asof;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agreementledger.agreement.Known;
import org.agreementledger.agreement.View;
import org.agreementledger.readmodels.AgreementFold;
import org.agreementledger.readmodels.AgreementFold.Mark;
import org.agreementledger.terms.TermKey;

/**
 * What an entry says of a term without giving it a version.
 *
 * @param wordedAt the position of the entry's {@link EntryWording}
 */
record MarkRow(Slot slot, LocalDate occurredOn, int sequence, long wordedAt) {

    /** A term and a kind of mark: of each, the last one counts. */
    record Slot(String key, Mark mark) {}

    /** The last word comes last. */
    static final Comparator<MarkRow> ORDER =
            Comparator.comparing(MarkRow::occurredOn).thenComparingInt(MarkRow::sequence);

    /** Those of one entry, none where it does not count in that view. */
    static List<MarkRow> of(AgreementFold fold, View view, int sequence) {
        Known known = fold.history().known(sequence).filter(k -> k.isSeenIn(view)).orElse(null);
        List<MarkRow> rows = new ArrayList<>();
        if (known != null) {
            fold.marks(known)
                    .forEach((mark, keys) ->
                            keys.stream()
                                    .distinct()
                                    .forEach(key -> rows.add(of(fold, known, mark, key))));
        }
        return rows;
    }

    private static MarkRow of(AgreementFold fold, Known known, Mark mark, TermKey key) {
        return new MarkRow(
                new Slot(key.value(), mark),
                known.entry().header().occurredOn().date(),
                known.sequence(),
                fold.wordedAt(known.sequence()));
    }
}
