package org.agreementledger.api.series;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.agreementledger.api.csv.Columns;
import org.agreementledger.series.Series;
import org.jspecify.annotations.Nullable;

/** Counts as rows of one time and some numbers, always all of them. */
final class Steps {

    private static final Pattern HYPHEN = Pattern.compile("-(.)");

    private final List<String> names;

    Steps(Series.@Nullable By by) {
        this.names =
                by == null
                        ? List.of("entries")
                        : by.groups().stream().map(Steps::camelCase).toList();
    }

    private static String camelCase(String slug) {
        return HYPHEN.matcher(slug).replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    }

    /**
     * The time is the midnight (UTC) that the step starts with, without milliseconds: Grafana's
     * JSON data source takes no other form of an instant for a time.
     */
    Map<String, Object> row(Series.Row counted) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("time", counted.start() + "T00:00:00Z");
        for (int i = 0; i < names.size(); i++) {
            row.put(names.get(i), counted.counts().get(i));
        }
        return row;
    }

    Columns<Map<String, Object>> columns() {
        Columns<Map<String, Object>> columns = new Columns<>();
        columns.with("time", row -> row.get("time"));
        names.forEach(name -> columns.with(name, row -> row.get(name)));
        return columns;
    }
}
