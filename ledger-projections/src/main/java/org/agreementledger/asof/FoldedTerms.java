package org.agreementledger.asof;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agreementledger.agreement.History;
import org.agreementledger.agreement.Known;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.MarkRow.Slot;
import org.agreementledger.asof.TermsAnswer.EntryLink;
import org.agreementledger.log.Moment;
import org.agreementledger.readmodels.AgreementFold;

/**
 * The same answers as {@link AgreementTerms}, from a fold instead of the tables. What all days have
 * in common is worked out once.
 */
public final class FoldedTerms {

    private final AgreementFold fold;
    private final Map<View, List<MarkRow>> marks = new EnumMap<>(View.class);
    private final Map<View, List<AgreementRow>> agreements = new EnumMap<>(View.class);
    private final Map<Long, EntryLink> links = new HashMap<>();

    /**
     * @param fold up to the moment that is asked for; empty where nothing was known then
     */
    public FoldedTerms(AgreementFold fold) {
        this.fold = fold;
        for (View view : View.values()) {
            marks.put(view, marks(fold, view));
            agreements.put(view, AgreementRow.of(fold.history(), view));
        }
        fold.history().known(View.ALL).forEach(this::link);
    }

    private void link(Known known) {
        EntryLink link = EntryWording.of(fold, known.sequence()).link();
        links.put(fold.wordedAt(known.sequence()), link);
        TermWording.of(fold, known).forEach(wording -> links.put(wording.wordedAt(), link));
    }

    private static List<MarkRow> marks(AgreementFold fold, View view) {
        return fold.history()
                .known(view)
                .flatMap(known -> MarkRow.of(fold, view, known.sequence()).stream())
                .sorted(MarkRow.ORDER)
                .toList();
    }

    /**
     * @param knownAt the moment that the fold is up to
     */
    public Optional<TermsAnswer> asOf(LocalDate validOn, Moment knownAt, View view) {
        History history = fold.history();
        if (history.size() == 0) {
            return Optional.empty();
        }
        AgreementRow agreement =
                agreements.get(view).stream()
                        .filter(row -> !validOn.isBefore(row.validFrom()))
                        .filter(row -> validOn.isBefore(row.validTo()))
                        .findFirst()
                        .orElseThrow();
        List<TermWording> held =
                history.fold(view).terms().on(validOn).values().stream()
                        .map(by -> TermWording.of(fold, by))
                        .toList();
        return Optional.of(
                AgreementTerms.answer(
                        history.entry(1).header().agreementId(),
                        agreement,
                        history.size(),
                        validOn,
                        knownAt,
                        view,
                        held,
                        lastMarks(validOn, view),
                        links));
    }

    private Map<Slot, MarkRow> lastMarks(LocalDate validOn, View view) {
        Map<Slot, MarkRow> last = new HashMap<>();
        for (MarkRow row : marks.get(view)) {
            if (row.occurredOn().isAfter(validOn)) {
                break;
            }
            last.put(row.slot(), row);
        }
        return last;
    }
}
