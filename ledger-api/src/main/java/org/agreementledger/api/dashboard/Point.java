package org.agreementledger.api.dashboard;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.jspecify.annotations.Nullable;

/**
 * One agreement, on one day, as known at one moment, in one view: what every part of a page is
 * asked by.
 *
 * @param position as in an address, {@code @16}; null for all that is known now
 */
record Point(
        AgreementId id, LocalDate validOn, Moment knownAt, View view, @Nullable String position) {

    /**
     * @param knownAt null for now
     */
    static Point of(
            LedgerNode node,
            AgreementId id,
            LocalDate validOn,
            @Nullable Moment knownAt,
            View view) {
        return knownAt == null
                ? new Point(id, validOn, node.readModels().resolve(new KnownAt.Now()), view, null)
                : new Point(id, validOn, knownAt, view, named(knownAt));
    }

    /** Before the first entry there is no position. */
    private static String named(Moment knownAt) {
        return knownAt.position() < 0 ? knownAt.knownAt().toString() : "@" + knownAt.position();
    }

    /**
     * The query of an address that shares moment and view; what is meant anyway is left out.
     *
     * @param namesAndValues what else it asks, in turn
     */
    public String query(Object... namesAndValues) {
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            asked.add(namesAndValues[i] + "=" + namesAndValues[i + 1]);
        }
        if (position != null) {
            asked.add("knownAt=" + position);
        }
        if (view != View.CONFIRMED) {
            asked.add("standing=" + view.slug());
        }
        return asked.isEmpty() ? "" : "?" + String.join("&", asked);
    }

    /** The same with the day. */
    public String onDay() {
        return query("validOn", validOn);
    }
}
