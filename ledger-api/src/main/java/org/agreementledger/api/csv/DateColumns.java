package org.agreementledger.api.csv;

import org.agreementledger.asof.TermsAnswer.EntryLink;
import org.agreementledger.upcoming.DateAnswer;
import org.jspecify.annotations.Nullable;

/** Dates that matter as rows: flat, and named as in JSON. */
public final class DateColumns {

    public static final Columns<DateAnswer> ALL =
            new Columns<DateAnswer>()
                    .with("on", DateAnswer::on)
                    .with("what", DateAnswer::what)
                    .with("agreementId", DateAnswer::agreementId)
                    .with("title", DateAnswer::title)
                    .with("key", DateAnswer::key)
                    .with("statement", DateAnswer::statement)
                    .with("since", DateAnswer::since)
                    .with("setByPosition", date -> date.setBy().position())
                    .with("endedByPosition", date -> position(date.endedBy()));

    private DateColumns() {}

    private static @Nullable Long position(@Nullable EntryLink entry) {
        return entry == null ? null : entry.position();
    }
}
