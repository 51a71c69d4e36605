package org.agreementledger.log;

import java.time.Instant;
import java.time.format.DateTimeParseException;

/** A point on the axis of record time, as somebody asks for it. */
public sealed interface KnownAt {

    /** Everything recorded so far. */
    record Now() implements KnownAt {}

    /** Everything recorded at or before that instant. */
    record At(Instant instant) implements KnownAt {}

    /** Everything up to and including that position. */
    record Through(long position) implements KnownAt {}

    /**
     * @param text an instant like {@code 2026-03-01T00:00:00Z}, or a position like {@code @16}
     * @throws IllegalArgumentException for anything else
     */
    static KnownAt parse(String text) {
        try {
            if (text.startsWith("@")) {
                long position = Long.parseLong(text, 1, text.length(), 10);
                if (position >= 0) {
                    return new Through(position);
                }
            } else {
                return new At(Instant.parse(text));
            }
        } catch (NumberFormatException | DateTimeParseException _) {
            throw unreadable(text);
        }
        throw unreadable(text);
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException(
                "'"
                        + text
                        + "' is not a point of record time; write an instant like 2026-03-01T00:00:00Z or a position like @16");
    }
}
