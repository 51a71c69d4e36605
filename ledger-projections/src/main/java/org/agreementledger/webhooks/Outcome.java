package org.agreementledger.webhooks;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * What came of one attempt.
 *
 * @param status of HTTP; 0 where no answer came
 * @param failure for a person; null where it was acknowledged
 * @param retryAfter how long the receiver asks to be left alone; zero where it does not
 */
public record Outcome(int status, @Nullable String failure, Duration retryAfter) {

    private static final int GONE = 410;
    private static final int SECONDS_DIGITS_MAX = 9;

    public static Outcome noAnswer(String why) {
        return new Outcome(0, why, Duration.ZERO);
    }

    /**
     * @param retryAfter the header (RFC 9110, section 10.2.3): seconds, or an HTTP date; anything
     *     else is not heeded
     */
    public static Outcome answered(int status, @Nullable String retryAfter, Instant now) {
        return new Outcome(
                status,
                failure(status),
                retryAfter == null ? Duration.ZERO : wait(retryAfter.strip(), now));
    }

    private static @Nullable String failure(int status) {
        return switch (status / 100) {
            case 2 -> null;
            case 3 ->
                    "answered "
                            + status
                            + ", a redirect; redirects are not followed, so give the"
                            + " address it leads to";
            default -> status == GONE ? "answered 410 Gone" : "answered " + status;
        };
    }

    private static Duration wait(String retryAfter, Instant now) {
        if (retryAfter.matches("\\d+")) {
            return retryAfter.length() > SECONDS_DIGITS_MAX
                    ? Duration.ofDays(365)
                    : Duration.ofSeconds(Long.parseLong(retryAfter));
        }
        try {
            Instant until = DateTimeFormatter.RFC_1123_DATE_TIME.parse(retryAfter, Instant::from);
            return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
        } catch (DateTimeException _) {
            return Duration.ZERO;
        }
    }

    boolean isDelivered() {
        return failure == null;
    }

    /** Nobody wants to be told there any more. */
    boolean isGone() {
        return status == GONE;
    }
}
