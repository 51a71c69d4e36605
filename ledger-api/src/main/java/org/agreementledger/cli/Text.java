package org.agreementledger.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** A run of words in several styles, to be wrapped. Immutable. */
final class Text {

    static final Text EMPTY = new Text(List.of());

    /** Recorded words are other people's: they may not steer the terminal. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\u202a-\\u202e\\u2066-\\u2069]+");

    private static final int NO_BREAK_SPACE = 0xa0;

    private record Glyph(int codePoint, Style style) {
        boolean isBlank() {
            return codePoint == ' ';
        }

        boolean isSpace() {
            return isBlank() || codePoint == NO_BREAK_SPACE;
        }

        int width() {
            int type = Character.getType(codePoint);
            if (type == Character.NON_SPACING_MARK
                    || type == Character.ENCLOSING_MARK
                    || type == Character.FORMAT) {
                return 0;
            }
            return isWide() ? 2 : 1;
        }

        /** The wide blocks of UAX 11, roughly. */
        private boolean isWide() {
            return codePoint >= 0x1100
                    && (codePoint <= 0x115f
                            || codePoint >= 0x2e80 && codePoint <= 0xa4cf
                            || codePoint >= 0xac00 && codePoint <= 0xd7a3
                            || codePoint >= 0xf900 && codePoint <= 0xfaff
                            || codePoint >= 0xfe30 && codePoint <= 0xfe6f
                            || codePoint >= 0xff00 && codePoint <= 0xff60
                            || codePoint >= 0xffe0 && codePoint <= 0xffe6
                            || codePoint >= 0x1f300 && codePoint <= 0x1faff
                            || codePoint >= 0x20000 && codePoint <= 0x3fffd);
        }
    }

    private final List<Glyph> glyphs;

    private Text(List<Glyph> glyphs) {
        this.glyphs = glyphs;
    }

    static Text of(String text) {
        return EMPTY.plus(text);
    }

    static Text of(String text, Style style) {
        return EMPTY.plus(text, style);
    }

    static Text join(String separator, List<Text> texts) {
        Text joined = EMPTY;
        for (Text text : texts) {
            joined = joined.isEmpty() ? text : joined.plus(separator, Style.QUIET).plus(text);
        }
        return joined;
    }

    /** With a remark after a dot, which starts the next line where it does not fit this one. */
    Text note(String remark, Style style) {
        return plus(" ").plus(of("· " + remark, style).unbroken());
    }

    Text plus(String text) {
        return plus(text, Style.PLAIN);
    }

    Text plus(String text, Style style) {
        List<Glyph> longer = new ArrayList<>(glyphs);
        UNPRINTABLE
                .matcher(text)
                .replaceAll(" ")
                .codePoints()
                .forEach(codePoint -> longer.add(new Glyph(codePoint, style)));
        return new Text(longer);
    }

    Text plus(Text other) {
        List<Glyph> longer = new ArrayList<>(glyphs);
        longer.addAll(other.glyphs);
        return new Text(longer);
    }

    boolean isEmpty() {
        return glyphs.isEmpty();
    }

    /** The same, to be kept on one line where it fits. */
    Text unbroken() {
        return new Text(
                glyphs.stream()
                        .map(g -> g.isBlank() ? new Glyph(NO_BREAK_SPACE, g.style()) : g)
                        .toList());
    }

    /** In columns of the terminal. */
    int width() {
        return width(glyphs);
    }

    private static int width(List<Glyph> glyphs) {
        return glyphs.stream().mapToInt(Glyph::width).sum();
    }

    /**
     * Lines of at most {@code width} columns, broken at blanks, and within a word that is longer.
     */
    List<Text> wrap(int width) {
        List<Text> lines = new ArrayList<>();
        int start = 0;
        while (start < glyphs.size()) {
            int end = fitting(start, width);
            lines.add(new Text(glyphs.subList(start, withoutBlanks(start, end))));
            start = end;
            while (start < glyphs.size() && glyphs.get(start).isSpace()) {
                start++;
            }
        }
        return lines.isEmpty() ? List.of(EMPTY) : lines;
    }

    /** Up to a blank; where there is none up to a no-break space; else within the word. */
    private int fitting(int start, int width) {
        int used = 0;
        int blank = start;
        int noBreak = start;
        for (int at = start; at < glyphs.size(); at++) {
            Glyph glyph = glyphs.get(at);
            blank = glyph.isBlank() ? at : blank;
            noBreak = glyph.codePoint() == NO_BREAK_SPACE ? at : noBreak;
            used += glyph.width();
            if (used > width) {
                int last = blank > start ? blank : noBreak;
                return last > start ? last : Math.max(at, start + 1);
            }
        }
        return glyphs.size();
    }

    private int withoutBlanks(int start, int end) {
        int last = end;
        while (last > start && glyphs.get(last - 1).isBlank()) {
            last--;
        }
        return last;
    }

    Text padded(int width) {
        return plus(" ".repeat(Math.max(0, width - width())));
    }

    String render(boolean colours) {
        StringBuilder rendered = new StringBuilder();
        int at = 0;
        while (at < glyphs.size()) {
            Style style = glyphs.get(at).style();
            StringBuilder run = new StringBuilder();
            while (at < glyphs.size() && glyphs.get(at).style() == style) {
                int codePoint = glyphs.get(at).codePoint();
                run.appendCodePoint(codePoint == NO_BREAK_SPACE ? ' ' : codePoint);
                at++;
            }
            rendered.append(colours ? style.paint(run.toString()) : run);
        }
        return colours ? rendered.toString() : rendered.toString().stripTrailing();
    }

    /** Side by side, each in its own width, as many lines as the longest needs. */
    static List<Text> beside(List<Text> cells, List<Integer> widths, String gap) {
        List<List<Text>> wrapped = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            wrapped.add(cells.get(i).wrap(widths.get(i)));
        }
        int height = Collections.max(wrapped.stream().map(List::size).toList());
        List<Text> lines = new ArrayList<>();
        for (int line = 0; line < height; line++) {
            Text row = EMPTY;
            for (int i = 0; i < cells.size(); i++) {
                List<Text> cell = wrapped.get(i);
                Text part = line < cell.size() ? cell.get(line) : EMPTY;
                row =
                        row.plus(i == 0 ? "" : gap)
                                .plus(i == cells.size() - 1 ? part : part.padded(widths.get(i)));
            }
            lines.add(row);
        }
        return lines;
    }

    @Override
    public String toString() {
        return render(false);
    }
}
