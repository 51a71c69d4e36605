package org.agreementledger.feed;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The positions of one archive page. A span is {@link #SHORTEST} positions or twice that, four
 * times, and so on, and begins at a multiple of its own length: so two spans never overlap by
 * halves, and which one ends at a place depends on nothing that is recorded later.
 *
 * @param to exclusive
 */
public record Span(long from, long to) {

    /** Also the entries that a page holds. */
    public static final int SHORTEST = 100;

    private static final Pattern TEXT = Pattern.compile("(0|[1-9]\\d{0,17})-([1-9]\\d{0,17})");

    public Span {
        long length = to - from;
        if (from < 0
                || length < SHORTEST
                || length % SHORTEST != 0
                || Long.bitCount(length / SHORTEST) != 1
                || from % length != 0) {
            throw unfit(from + "-" + to);
        }
    }

    /**
     * @param text like {@code 1200-1300}
     * @throws IllegalArgumentException when that is no span
     */
    public static Span of(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw unfit(text);
        }
        return new Span(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    private static IllegalArgumentException unfit(String text) {
        return new IllegalArgumentException(
                "'"
                        + text
                        + "' is not the span of an archive page; take the links of the feed as they are");
    }

    static Span startingAt(long from) {
        return new Span(from, from + SHORTEST);
    }

    static Span endingAt(long to) {
        return new Span(to - SHORTEST, to);
    }

    private long length() {
        return to - from;
    }

    /** Twice as long with the same end. */
    Optional<Span> backwards() {
        return to % (2 * length()) == 0
                ? Optional.of(new Span(from - length(), to))
                : Optional.empty();
    }

    /** Twice as long with the same start. */
    Optional<Span> forwards() {
        return from % (2 * length()) == 0
                ? Optional.of(new Span(from, to + length()))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return from + "-" + to;
    }
}
