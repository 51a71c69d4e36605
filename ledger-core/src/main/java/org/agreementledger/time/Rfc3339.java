package org.agreementledger.time;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Record time as text (RFC 3339): in UTC, always with three decimals. */
public final class Rfc3339 {

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Rfc3339() {}

    /** As in {@code 2026-03-01T09:30:00.120Z}. */
    public static String text(Instant instant) {
        return MILLISECONDS.format(instant);
    }
}
