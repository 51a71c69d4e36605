package org.agreementledger.asof;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.agreementledger.agreement.History;
import org.agreementledger.agreement.Party;
import org.agreementledger.agreement.View;
import org.agreementledger.readmodels.Slugs;
import org.agreementledger.terms.Closing;
import org.agreementledger.time.Validity;

/** Title, parties and status of an agreement in a range of days. */
record AgreementRow(
        LocalDate validFrom, LocalDate validTo, String title, List<Party> parties, String status) {

    /** One row for every day there is; none before the opening was recorded. */
    static List<AgreementRow> of(History history, View view) {
        if (history.size() == 0) {
            return List.of();
        }
        SortedSet<LocalDate> starts = new TreeSet<>(List.of(Validity.ALWAYS));
        starts.addAll(history.fold(view).parties().breaks());
        starts.add(history.opening().orElseThrow().header().takesEffectOn().date());
        history.fold(view).terms().closings().stream().map(Closing::from).forEach(starts::add);
        List<AgreementRow> rows = new ArrayList<>();
        Iterator<LocalDate> next = starts.iterator();
        LocalDate from = next.next();
        while (from != null) {
            LocalDate to = next.hasNext() ? next.next() : null;
            rows.add(
                    new AgreementRow(
                            from,
                            to == null ? Validity.FOREVER : to,
                            history.title(),
                            history.fold(view).parties().on(from),
                            Slugs.of(history.status(view, from))));
            from = to;
        }
        return rows;
    }
}
