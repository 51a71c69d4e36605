package org.agreementledger.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rows under headings. Columns are as wide as they need to be; the last one takes what is left, and
 * wraps.
 */
final class Table {

    private static final int INDENT = 2;
    private static final String GAP = "  ";
    private static final int LAST_WIDTH_MIN = 20;

    private final List<String> headings;
    private final List<List<Text>> rows = new ArrayList<>();

    Table(String... headings) {
        this.headings = List.of(headings);
    }

    void row(Text... cells) {
        rows.add(List.of(cells));
    }

    void print(Page page) {
        List<Integer> widths = widths(page.width());
        List<Text> top = headings.stream().map(text -> Text.of(text, Style.QUIET)).toList();
        print(page, top, widths);
        rows.forEach(row -> print(page, row, widths));
    }

    private static void print(Page page, List<Text> cells, List<Integer> widths) {
        Text.beside(cells, widths, GAP).forEach(line -> page.write(INDENT, line));
    }

    private List<Integer> widths(int pageWidth) {
        List<Integer> widths = new ArrayList<>();
        int left = pageWidth - INDENT;
        for (int column = 0; column < headings.size() - 1; column++) {
            int width = Math.min(natural(column), Math.max(LAST_WIDTH_MIN, pageWidth * 2 / 5));
            widths.add(width);
            left -= width + GAP.length();
        }
        widths.add(Math.max(LAST_WIDTH_MIN, left));
        return widths;
    }

    private int natural(int column) {
        return Stream.concat(
                        Stream.of(Text.of(headings.get(column))),
                        rows.stream().map(row -> row.get(column)))
                .mapToInt(Text::width)
                .max()
                .orElse(0);
    }
}
