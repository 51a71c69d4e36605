package org.agreementledger.api.calendar;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Transp;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.Url;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;
import org.agreementledger.asof.TermsAnswer.EntryLink;
import org.agreementledger.upcoming.UpcomingDate;

/**
 * Dates as a calendar of RFC 5545, one event a date. Nothing in it comes from the clock, so equal
 * dates give equal bytes.
 */
final class CalendarFile {

    private static final int LINE_MAX = 75;

    private CalendarFile() {}

    /**
     * @param address of this ledger, without a slash at the end
     */
    static byte[] of(List<UpcomingDate> dates, String address) {
        Calendar calendar = new Calendar();
        calendar.add(new ProdId("-//Agreement ledger//Dates that matter//EN"));
        calendar.add(ImmutableVersion.VERSION_2_0);
        dates.forEach(date -> calendar.add(event(date, address)));
        StringWriter file = new StringWriter();
        try {
            // An empty calendar is not valid in the strict sense, but it is a true answer.
            new CalendarOutputter(false, Integer.MAX_VALUE).output(calendar, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folded(file.toString()).getBytes(StandardCharsets.UTF_8);
    }

    /** Counted in octets, as RFC 5545 has it; the library counts characters. */
    private static String folded(String file) {
        StringBuilder folded = new StringBuilder();
        int used = 0;
        for (int codePoint : file.codePoints().toArray()) {
            String letter = Character.toString(codePoint);
            int octets = letter.getBytes(StandardCharsets.UTF_8).length;
            if (codePoint == '\r' || codePoint == '\n') {
                used = 0;
            } else if (used + octets > LINE_MAX) {
                folded.append("\r\n ");
                used = 1 + octets;
            } else {
                used += octets;
            }
            folded.append(letter);
        }
        return folded.toString();
    }

    private static VEvent event(UpcomingDate date, String address) {
        VEvent event = new VEvent(false);
        event.add(new Uid(uid(date)));
        event.add(new DtStamp(date.recordedAt().truncatedTo(ChronoUnit.SECONDS)));
        event.add(new DtStart<LocalDate>(date.on()));
        event.add(new DtEnd<LocalDate>(date.on().plusDays(1)));
        event.add(new Summary(summary(date)));
        event.add(new Description(description(date)));
        event.add(
                new Url(
                        URI.create(
                                address
                                        + "/v1/agreements/"
                                        + date.agreementId()
                                        + "/terms/"
                                        + date.key()
                                        + "?validOn="
                                        + date.on())));
        event.add(new Transp(Transp.VALUE_TRANSPARENT));
        return event;
    }

    /** Of the date, not of the entry that made it: a calendar that is read again finds it again. */
    private static String uid(UpcomingDate date) {
        return "%s/%s/%s/%s@agreement-ledger"
                .formatted(date.agreementId(), date.key(), date.what(), date.on());
    }

    private static String summary(UpcomingDate date) {
        String what =
                switch (date.what()) {
                    case "lapses" -> "lapses: ";
                    case "retires" -> "is retired: ";
                    case "closes" -> "ends with the agreement: ";
                    case "stale" -> "has had no word since " + date.since() + ": ";
                    default -> date.what() + ": ";
                };
        return date.key() + " " + what + date.title();
    }

    private static String description(UpcomingDate date) {
        EntryLink by = date.setBy();
        return date.statement()
                + "\n\nEntry %d, %s %s: %s"
                        .formatted(by.sequence(), by.occurredOn(), by.kind(), by.title());
    }
}
