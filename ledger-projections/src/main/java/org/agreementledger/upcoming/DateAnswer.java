package org.agreementledger.upcoming;

import java.time.LocalDate;
import java.util.Map;
import org.agreementledger.asof.TermsAnswer.EntryLink;
import org.jspecify.annotations.Nullable;

/**
 * A day that matters for one term.
 *
 * @param what {@code starts}, {@code changes}, {@code disclosed}, {@code lapses}, {@code retires},
 *     {@code closes} or {@code stale}
 * @param on the day; of a stale term the one on which it became so
 * @param statement of the version that starts, or that ends where none starts
 * @param since when somebody last set or upheld a stale term; null for others
 * @param setBy the entry behind that version
 * @param endedBy the entry that retires the term or closes the agreement; null where it lapses or
 *     goes on
 */
public record DateAnswer(
        String agreementId,
        String title,
        LocalDate on,
        String what,
        String key,
        String statement,
        @Nullable Map<String, Object> value,
        @Nullable LocalDate since,
        EntryLink setBy,
        @Nullable EntryLink endedBy) {}
