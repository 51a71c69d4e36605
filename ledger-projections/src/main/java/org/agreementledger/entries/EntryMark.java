package org.agreementledger.entries;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import org.agreementledger.readmodels.Json;
import org.agreementledger.time.Day;
import org.jspecify.annotations.Nullable;

/**
 * As much of an entry as a time line shows. Effect and verdicts are of the moment of recording.
 *
 * @param standing empty for a correction, a withdrawal and a confirmation
 * @param correctedBy the sequence of the newest correction, as known now; 0 where there is none
 * @param reworded how many of its claims were found reworded
 * @param disclosedOn the day on which it, or for a correction its replacement, was first public;
 *     null where it does not say
 */
public record EntryMark(
        long position,
        int sequence,
        String kind,
        Instant recordedAt,
        LocalDate occurredOn,
        String title,
        String standing,
        String effect,
        int correctedBy,
        int withdrawnBy,
        int confirmedBy,
        int reworded,
        int contradicted,
        @Nullable LocalDate disclosedOn) {

    /**
     * @param reworded how many claims were found so, by position; none where it is not there
     */
    static EntryMark read(
            ResultSet row, Map<Long, Integer> reworded, Map<Long, Integer> contradicted)
            throws SQLException {
        long position = row.getLong("position");
        return new EntryMark(
                position,
                row.getInt("sequence"),
                row.getString("kind"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                row.getObject("occurred_on", LocalDate.class),
                row.getString("title"),
                row.getString("standing"),
                row.getString("effect"),
                row.getInt("corrected_by"),
                row.getInt("withdrawn_by"),
                row.getInt("confirmed_by"),
                reworded.getOrDefault(position, 0),
                contradicted.getOrDefault(position, 0),
                disclosedOn(row.getString("dated")));
    }

    @SuppressWarnings("unchecked")
    private static @Nullable LocalDate disclosedOn(String entry) {
        if (entry.isEmpty()) {
            return null;
        }
        Map<String, Object> said = Json.object(entry);
        Object day =
                ((Map<String, Object>) said.getOrDefault("replacement", said)).get("disclosedOn");
        return day instanceof String text ? Day.parse(text).date() : null;
    }

    /** Whether it was only reported, as far as was known when that sequence was the newest. */
    public boolean isReported(int newest) {
        return standing.equals("reported") && (confirmedBy == 0 || confirmedBy > newest);
    }
}
