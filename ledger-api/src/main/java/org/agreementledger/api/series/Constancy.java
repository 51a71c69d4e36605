package org.agreementledger.api.series;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.agreementledger.api.csv.Columns;
import org.agreementledger.asof.AgreementSummary;
import org.jspecify.annotations.Nullable;

/**
 * For how long an agreement is what it is.
 *
 * @param unchangedSince null before the agreement begins
 * @param days from then until the day asked for
 */
record Constancy(
        String agreementId,
        String title,
        String status,
        @Nullable LocalDate unchangedSince,
        @Nullable Long days,
        int termsInForce,
        int changes,
        int contradictions) {

    static final Columns<Constancy> COLUMNS =
            new Columns<Constancy>()
                    .with("agreementId", Constancy::agreementId)
                    .with("title", Constancy::title)
                    .with("status", Constancy::status)
                    .with("unchangedSince", Constancy::unchangedSince)
                    .with("days", Constancy::days)
                    .with("termsInForce", Constancy::termsInForce)
                    .with("changes", Constancy::changes)
                    .with("contradictions", Constancy::contradictions);

    static Constancy of(AgreementSummary agreement, LocalDate validOn) {
        LocalDate since = agreement.unchangedSince();
        return new Constancy(
                agreement.agreementId(),
                agreement.title(),
                agreement.status(),
                since,
                since == null ? null : ChronoUnit.DAYS.between(since, validOn),
                agreement.termsInForce(),
                agreement.changes(),
                agreement.contradictions());
    }
}
