package org.agreementledger.asof;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.History;
import org.agreementledger.agreement.View;
import org.agreementledger.log.Moment;
import org.agreementledger.readmodels.AgreementFold;

/** The same answer as {@link AgreementTerms}, from a fold instead of the tables. */
public final class FoldedTerms {

    private FoldedTerms() {}

    /**
     * @param fold up to {@code knownAt}; empty where nothing was known then
     */
    public static Optional<TermsAnswer> asOf(
            AgreementFold fold, LocalDate validOn, Moment knownAt, View view) {
        History history = fold.history();
        if (history.size() == 0) {
            return Optional.empty();
        }
        AgreementId agreementId = history.entry(1).header().agreementId();
        AgreementRow agreement =
                AgreementRow.of(history, view).stream()
                        .filter(row -> !validOn.isBefore(row.validFrom()))
                        .filter(row -> validOn.isBefore(row.validTo()))
                        .findFirst()
                        .orElseThrow();
        List<TermRow> held =
                history.fold(view).terms().on(validOn).values().stream()
                        .map(by -> TermRow.held(fold, by))
                        .toList();
        return Optional.of(
                AgreementTerms.answer(
                        agreementId,
                        agreement,
                        history.size(),
                        validOn,
                        knownAt,
                        view,
                        held,
                        marks(fold, validOn, view)));
    }

    private static Map<String, MarkRow> marks(AgreementFold fold, LocalDate validOn, View view) {
        Map<String, MarkRow> last = new HashMap<>();
        fold.history()
                .known(view)
                .flatMap(known -> MarkRow.of(fold, view, known.sequence()).stream())
                .filter(row -> !row.occurredOn().isAfter(validOn))
                .sorted(Comparator.comparing(MarkRow::key).thenComparing(MarkRow.ORDER))
                .forEach(row -> last.put(AgreementTerms.markKey(row.mark(), row.key()), row));
        return last;
    }
}
