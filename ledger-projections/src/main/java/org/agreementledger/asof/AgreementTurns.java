package org.agreementledger.asof;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.log.Moment;
import org.jspecify.annotations.Nullable;

/** Reads the days on which anything but a disclosure altered the terms or the parties. */
public final class AgreementTurns {

    /**
     * The turns around a day; null where there is none.
     *
     * @param previous the last one before the day
     * @param next the first one after it
     */
    public record Around(
            @Nullable LocalDate first,
            @Nullable LocalDate previous,
            @Nullable LocalDate next,
            @Nullable LocalDate last) {}

    private final TermIndex index;

    AgreementTurns(TermIndex index) {
        this.index = index;
    }

    /** Up to and including {@code until}, ascending, each day once. */
    public List<LocalDate> until(
            AgreementId agreementId, LocalDate until, Moment knownAt, View view) {
        return index.ask(agreementId, view, knownAt.position(), known -> known.turnsUntil(until))
                .orElse(List.of());
    }

    /** Those around {@code day} of the days up to and including {@code until}. */
    public Around around(
            AgreementId agreementId, LocalDate day, LocalDate until, Moment knownAt, View view) {
        return index.ask(agreementId, view, knownAt.position(), known -> known.around(day, until))
                .orElse(new Around(null, null, null, null));
    }

    /**
     * The same moment for this agreement, as early as it can be named: the position of its last
     * entry known then. Later moments of a busy ledger thus share one address. Empty where the
     * agreement is not known then.
     */
    public Optional<Long> lastPosition(AgreementId agreementId, Moment knownAt) {
        return index.ask(
                agreementId, View.CONFIRMED, knownAt.position(), TermColumns.Known::position);
    }
}
