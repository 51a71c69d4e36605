package org.agreementledger.upcoming;

import java.time.LocalDate;
import java.time.Period;
import org.agreementledger.agreement.View;
import org.agreementledger.log.Moment;
import org.jspecify.annotations.Nullable;

/**
 * Which dates are asked for.
 *
 * @param from the first day
 * @param to the last day
 * @param agreement an id; null for all
 * @param party the id of an organisation that is party on that day; null for any
 * @param stale also terms in force on {@code from} that had no word for longer than this before;
 *     null for none
 */
public record UpcomingQuestion(
        LocalDate from,
        LocalDate to,
        @Nullable String agreement,
        @Nullable String party,
        @Nullable Period stale,
        Moment knownAt,
        View view) {

    public UpcomingQuestion {
        if (from.isAfter(to)) {
            throw new IllegalArgumentException("from " + from + " is after to " + to);
        }
    }
}
