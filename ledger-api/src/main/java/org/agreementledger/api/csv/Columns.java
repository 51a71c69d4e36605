package org.agreementledger.api.csv;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;
import tools.jackson.dataformat.csv.CsvWriteFeature;

/** What the rows of a list say in which column: CSV as in RFC 4180, with a line of headings. */
public final class Columns<T> {

    private static final ObjectWriter ROWS =
            CsvMapper.builder()
                    .enable(CsvWriteFeature.STRICT_CHECK_FOR_QUOTING)
                    .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
                    .build()
                    .writerFor(String[].class)
                    .with(CsvSchema.emptySchema().withLineSeparator("\r\n"));

    /**
     * A spreadsheet would take such a cell for a formula, and run it: OWASP, "CSV Injection", which
     * also names the full-width forms.
     */
    private static final Pattern FORMULA =
            Pattern.compile("[=+\\-@\\t\\r\\n＝＋－＠].*", Pattern.DOTALL);

    private final List<String> names = new ArrayList<>();
    private final List<Function<T, @Nullable Object>> cells = new ArrayList<>();

    /** One more column, on the right. */
    public Columns<T> with(String name, Function<T, @Nullable Object> cell) {
        names.add(name);
        cells.add(cell);
        return this;
    }

    public List<String> names() {
        return List.copyOf(names);
    }

    /** The headings, and one row for each; what is not there is an empty cell. */
    public void write(Iterator<T> items, Writer out) throws IOException {
        try (SequenceWriter rows = ROWS.writeValues(out)) {
            rows.write(names.toArray(String[]::new));
            while (items.hasNext()) {
                T item = items.next();
                rows.write(
                        cells.stream().map(cell -> text(cell.apply(item))).toArray(String[]::new));
            }
        } catch (JacksonException e) {
            if (NestedExceptionUtils.getMostSpecificCause(e) instanceof IOException broken) {
                throw broken;
            }
            throw e;
        }
    }

    private static String text(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        return FORMULA.matcher(text).matches() ? "'" + text : text;
    }
}
