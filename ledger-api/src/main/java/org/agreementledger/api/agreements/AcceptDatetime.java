package org.agreementledger.api.agreements;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The instant that a reader of the past asks for (RFC 7089, section 2.1.1). */
public record AcceptDatetime(String text) {

    public AcceptDatetime {
        parsed(text);
    }

    LocalDate day() {
        return parsed(text).withZoneSameInstant(ZoneOffset.UTC).toLocalDate();
    }

    private static ZonedDateTime parsed(String text) {
        try {
            return ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' is not a date of RFC 1123; write it as Fri, 27 Feb 2026 12:00:00 GMT",
                    e);
        }
    }
}
