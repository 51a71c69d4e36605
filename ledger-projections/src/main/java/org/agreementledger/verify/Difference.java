package org.agreementledger.verify;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One place where two records of the same thing say otherwise.
 *
 * @param table in which the place is
 * @param row which one, by its key
 * @param field the column or a part of it; {@code row} for a row that is missing or too many
 * @param expected what the other record comes to
 * @param found what stands there
 */
public record Difference(String table, String row, String field, String expected, String found) {

    private static final Set<String> RECORDED =
            Set.of(
                    "domain_event_entry",
                    "log_entry",
                    "log_key",
                    "log_leaf",
                    "log_node",
                    "log_checkpoint");

    private static final int SHOWN_MAX = 160;
    private static final int SHOWN_BEFORE = 40;

    /** Of long texts only the part in which they differ. */
    static Difference of(
            String table,
            String row,
            String field,
            @Nullable Object expected,
            @Nullable Object found) {
        String one = Objects.toString(expected);
        String other = Objects.toString(found);
        int from = Math.max(0, firstDifference(one, other) - SHOWN_BEFORE);
        return new Difference(table, row, field, excerpt(one, from), excerpt(other, from));
    }

    static Difference missing(String table, String row) {
        return new Difference(table, row, "row", "there", "missing");
    }

    static Difference tooMany(String table, String row, Object holding) {
        return of(table, row, "row", "none", holding);
    }

    private static int firstDifference(String one, String other) {
        int at = 0;
        while (at < one.length() && at < other.length() && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        return at;
    }

    private static String excerpt(String text, int from) {
        if (text.length() <= SHOWN_MAX) {
            return text;
        }
        int start = Math.min(from, text.length());
        int end = Math.min(text.length(), start + SHOWN_MAX);
        return (start > 0 ? "…" : "")
                + text.substring(start, end)
                + (end < text.length() ? "…" : "");
    }

    /** Whether it is in something that can be built again from what was recorded. */
    public boolean concernsReadModels() {
        return !RECORDED.contains(table) && !table.startsWith("checkpoint ");
    }

    /** Without what stands there, which is content. */
    public String place() {
        return "%s, %s, %s".formatted(table, row, field);
    }

    /** In one sentence. */
    public String sentence() {
        return "%s: expected %s, found %s".formatted(place(), expected, found);
    }
}
