package org.agreementledger.upcoming;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.agreementledger.asof.TermsAnswer.EntryLink;
import org.jspecify.annotations.Nullable;

/**
 * A day that matters to one term.
 *
 * @param what {@code starts}: another version than the day before is in force; {@code lapses}, as
 *     agreed; {@code retires}; {@code closes}, with the agreement; {@code stale}: nobody has set or
 *     upheld it for longer than asked
 * @param since the day of the last word on a term that is stale; null for the others
 * @param statement of the version that starts, ends or is stale
 * @param setBy the entry that made it so
 * @param recordedAt when the ledger came to know that entry
 */
public record UpcomingDate(
        String agreementId,
        String title,
        LocalDate on,
        String what,
        @Nullable LocalDate since,
        String key,
        String statement,
        @Nullable Map<String, Object> value,
        EntryLink setBy,
        Instant recordedAt) {}
