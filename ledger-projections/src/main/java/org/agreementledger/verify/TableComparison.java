package org.agreementledger.verify;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.agreementledger.readmodels.ModelTable;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rows that a table should have with those that it has, both in the order of what
 * started them. What came later than the last entry that is compared is as if it were not there.
 */
record TableComparison(ModelTable table, Later later, Differences found) {

    /** A row as its columns, by name. */
    record Row(long start, Map<String, @Nullable Object> columns) {}

    static Row read(ModelTable table, ResultSet row) throws SQLException {
        ResultSetMetaData meta = row.getMetaData();
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            columns.put(
                    meta.getColumnLabel(i).toLowerCase(Locale.ROOT),
                    value(row, i, meta.getColumnType(i)));
        }
        return new Row(row.getLong(table.startedBy()), columns);
    }

    /** The same for the same, on every database. */
    private static @Nullable Object value(ResultSet row, int column, int type) throws SQLException {
        return switch (type) {
            case Types.DATE -> row.getObject(column, LocalDate.class);
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> {
                OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
                yield time == null ? null : time.toInstant();
            }
            default -> row.getObject(column);
        };
    }

    /**
     * @return how many rows there should be
     */
    long compare(Stream<Row> should, Stream<Row> are) {
        Brought expected = new Brought(should.iterator());
        Brought actual =
                new Brought(are.filter(row -> !later.is(table.position(row.start()))).iterator());
        long rows = 0;
        while (expected.hasNext() || actual.hasNext()) {
            long start = Math.min(expected.start(), actual.start());
            List<Row> wanted = expected.next(start);
            rows += wanted.size();
            compare(wanted, actual.next(start));
        }
        return rows;
    }

    private void compare(List<Row> wanted, List<Row> there) {
        Map<List<@Nullable Object>, Row> left = new LinkedHashMap<>();
        there.forEach(row -> left.put(key(row), row));
        for (Row row : wanted) {
            Row other = left.remove(key(row));
            if (other == null) {
                found.add(Difference.missing(table.name(), name(row)));
            } else {
                compare(row, other);
            }
        }
        left.values()
                .forEach(row ->
                        found.add(Difference.tooMany(table.name(), name(row), row.columns())));
    }

    private void compare(Row wanted, Row there) {
        wanted.columns()
                .forEach((column, value) -> {
                    Object other = asOf(column, there, value);
                    found.compare(table.name(), name(wanted), column, value, other);
                });
    }

    /** As it was before later entries altered it. */
    private @Nullable Object asOf(String column, Row row, @Nullable Object expected) {
        Object value = row.columns().get(column);
        boolean altered =
                !Objects.equals(value, expected)
                        && (table.ends().contains(column)
                                        && value instanceof Long position
                                        && later.is(position)
                                || table.links().contains(column)
                                        && value instanceof Integer sequence
                                        && row.columns().get("agreement_id") instanceof String id
                                        && later.is(id, sequence));
        return altered ? expected : value;
    }

    private List<@Nullable Object> key(Row row) {
        List<@Nullable Object> key = new ArrayList<>();
        table.key().forEach(column -> key.add(row.columns().get(column)));
        return key;
    }

    private String name(Row row) {
        StringBuilder name = new StringBuilder();
        for (String column : table.key()) {
            name.append(name.isEmpty() ? "" : ", ")
                    .append(column)
                    .append(' ')
                    .append(row.columns().get(column));
        }
        Object agreementId = row.columns().get("agreement_id");
        return agreementId == null || table.key().contains("agreement_id")
                ? name.toString()
                : name + " (" + agreementId + ")";
    }

    /** Rows one start after the other; those of one start come together, in any order. */
    private static final class Brought {
        private final Iterator<Row> rows;
        private @Nullable Row ahead;

        Brought(Iterator<Row> rows) {
            this.rows = rows;
            advance();
        }

        private void advance() {
            ahead = rows.hasNext() ? rows.next() : null;
        }

        boolean hasNext() {
            return ahead != null;
        }

        long start() {
            return ahead == null ? Long.MAX_VALUE : ahead.start();
        }

        List<Row> next(long start) {
            List<Row> brought = new ArrayList<>();
            while (ahead != null && ahead.start() == start) {
                brought.add(ahead);
                advance();
            }
            return brought;
        }
    }
}
