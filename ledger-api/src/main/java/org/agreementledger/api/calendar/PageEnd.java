package org.agreementledger.api.calendar;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agreementledger.time.Day;
import org.agreementledger.upcoming.Upcoming.Cursor;
import org.agreementledger.upcoming.UpcomingDate;

/** The last date of a page, as the link to the next page names it. */
record PageEnd(String text) {

    private static final Pattern FORM =
            Pattern.compile(
                    "(\\d{4}-\\d{2}-\\d{2}),([a-z0-9][a-z0-9-]{0,63}),([a-z0-9_.]{1,512}),(starts|lapses|retires|closes|stale)");

    public PageEnd {
        parsed(text);
    }

    static String of(UpcomingDate date) {
        return String.join(",", date.on().toString(), date.agreementId(), date.key(), date.what());
    }

    Cursor cursor() {
        return parsed(text);
    }

    private static Cursor parsed(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not the end of a page; follow the link to the next one");
        }
        return new Cursor(
                Day.parse(parts.group(1)).date(), parts.group(2), parts.group(3), parts.group(4));
    }
}
