package org.agreementledger.entries;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import org.agreementledger.time.Rfc3339;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * An {@link EntryAnswer} as JSON on one line, put together from what is stored without reading it:
 * the same bytes as if it were written anew.
 */
public record EntryLine(long position, String text) {

    private static final JsonStringEncoder JSON = JsonStringEncoder.getInstance();

    /** Besides the texts that are not known beforehand. */
    private static final int CHARACTERS = 1_000;

    static EntryLine of(ResultSet row) throws SQLException {
        String verdicts = row.getString("verdicts_json");
        String entry = row.getString("entry_json");
        StringBuilder line = new StringBuilder(CHARACTERS + verdicts.length() + entry.length());
        long position = row.getLong("position");
        line.append("{\"agreementId\":\"").append(row.getString("agreement_id"));
        line.append("\",\"sequence\":").append(row.getInt("sequence"));
        line.append(",\"position\":").append(position);
        line.append(",\"eventId\":\"").append(row.getString("event_id"));
        line.append("\",\"kind\":\"").append(row.getString("kind"));
        line.append("\",\"recordedAt\":\"").append(recordedAt(row));
        line.append("\",\"recordedBy\":{\"id\":\"");
        JSON.quoteAsString(row.getString("recorded_by"), line);
        line.append("\",\"issuer\":\"");
        JSON.quoteAsString(row.getString("recorded_by_issuer"), line);
        line.append("\"}");
        importedFrom(row.getString("imported_from"), line);
        line.append(",\"occurredOn\":\"").append(row.getString("occurred_as_given"));
        line.append("\",\"title\":\"");
        JSON.quoteAsString(row.getString("title"), line);
        line.append("\",\"standing\":");
        standing(row.getString("standing"), line);
        line.append(",\"effect\":").append(row.getString("effect_json"));
        line.append(",\"fingerprintBefore\":\"").append(row.getString("fingerprint_before"));
        line.append("\",\"fingerprintAfter\":\"").append(row.getString("fingerprint_after"));
        line.append("\",\"verdicts\":").append(verdicts);
        link(",\"correctedBy\":", row.getInt("corrected_by"), line);
        link(",\"withdrawnBy\":", row.getInt("withdrawn_by"), line);
        link(",\"confirmedBy\":", row.getInt("confirmed_by"), line);
        line.append(",\"entry\":").append(entry);
        line.append(",\"salt\":\"").append(row.getString("salt")).append("\"}");
        return new EntryLine(position, line.toString());
    }

    private static String recordedAt(ResultSet row) throws SQLException {
        return Rfc3339.text(row.getObject("recorded_at", OffsetDateTime.class).toInstant());
    }

    private static void importedFrom(String json, StringBuilder line) {
        if (!json.isEmpty()) {
            line.append(",\"importedFrom\":").append(json);
        }
    }

    private static void standing(String slug, StringBuilder line) {
        if (slug.isEmpty()) {
            line.append("null");
        } else {
            line.append('"').append(slug).append('"');
        }
    }

    private static void link(String name, int sequence, StringBuilder line) {
        line.append(name);
        if (sequence == 0) {
            line.append("null");
        } else {
            line.append(sequence);
        }
    }

    public byte[] utf8() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
