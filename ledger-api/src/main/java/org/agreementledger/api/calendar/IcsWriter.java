package org.agreementledger.api.calendar;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Transp;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;
import org.agreementledger.asof.TermsAnswer.EntryLink;
import org.agreementledger.log.Log;
import org.agreementledger.log.LogEntry;
import org.agreementledger.upcoming.DateAnswer;

/** Dates as events of a day each (RFC 5545). Equal dates give equal bytes. */
final class IcsWriter {

    /** A line of RFC 5545, section 3.1, without its end. */
    private static final int OCTETS_MAX = 75;

    private final Log log;

    IcsWriter(Log log) {
        this.log = log;
    }

    String calendar(List<DateAnswer> dates) {
        Calendar calendar = new Calendar();
        calendar.add(new ProdId("-//Agreement ledger//Dates that matter//EN"));
        calendar.add(ImmutableVersion.VERSION_2_0);
        calendar.add(ImmutableCalScale.GREGORIAN);
        dates.forEach(date -> calendar.add(event(date)));
        return folded(written(calendar));
    }

    private VEvent event(DateAnswer date) {
        VEvent event = new VEvent(false);
        event.add(
                new Uid(
                        "%s/%s/%s@agreement-ledger"
                                .formatted(date.agreementId(), date.key(), date.on())));
        event.add(new DtStamp(recordedAt(date)));
        event.add(new DtStart<>(date.on()));
        event.add(new Summary(summary(date)));
        event.add(
                new Description(
                        "%s\n\n%s: %s, entry %d of %s"
                                .formatted(
                                        date.statement(),
                                        date.title(),
                                        date.setBy().title(),
                                        date.setBy().sequence(),
                                        date.setBy().occurredOn())));
        event.add(new Transp(Transp.VALUE_TRANSPARENT));
        return event;
    }

    private static String summary(DateAnswer date) {
        String what = date.since() == null ? date.what() : "not reaffirmed since " + date.since();
        return "%s: %s %s".formatted(date.title(), date.key(), what);
    }

    /** When the ledger learned it, so that an unchanged date is written as before. */
    private Instant recordedAt(DateAnswer date) {
        return Stream.of(date.setBy(), date.endedBy())
                .filter(Objects::nonNull)
                .map(EntryLink::position)
                .flatMap(position -> log.at(position).stream())
                .map(LogEntry::recordedAt)
                .max(Instant::compareTo)
                .orElseThrow();
    }

    private static String written(Calendar calendar) {
        StringWriter text = new StringWriter();
        try {
            new CalendarOutputter(true, Integer.MAX_VALUE).output(calendar, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** By octets, and never within a character; the library counts UTF-16 units. */
    private static String folded(String text) {
        StringBuilder folded = new StringBuilder();
        text.lines()
                .forEach(line -> {
                    int octets = 0;
                    for (int c : line.codePoints().toArray()) {
                        String character = Character.toString(c);
                        int length = character.getBytes(StandardCharsets.UTF_8).length;
                        if (octets + length > OCTETS_MAX) {
                            folded.append("\r\n ");
                            octets = 1;
                        }
                        folded.append(character);
                        octets += length;
                    }
                    folded.append("\r\n");
                });
        return folded.toString();
    }
}
