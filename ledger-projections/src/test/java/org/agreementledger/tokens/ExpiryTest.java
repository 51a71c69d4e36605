package org.agreementledger.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "P90D, 2027-02-21T10:00:00Z",
        "P1Y, 2027-11-23T10:00:00Z",
        "PT12H, 2026-11-23T22:00:00Z",
        "P1DT1H, 2026-11-24T11:00:00Z",
        "2027-01-31, 2027-01-31T00:00:00Z"
    })
    void an_end_is_a_time_from_now_or_a_day(String text, Instant end) {
        assertThat(Expiry.parse(text, NOW)).contains(end);
    }

    @Test
    void never_is_no_end() {
        assertThat(Expiry.parse("never", NOW)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "90",
                "P",
                "P0D",
                "-P1D",
                "P-1D",
                "PT-1S",
                "2026-11-23",
                "2026-02-30",
                "9999-12-31",
                "P999999999Y",
                "tomorrow"
            })
    void anything_else_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Expiry.parse(text, NOW))
                .withMessageContaining("'" + text + "'");
    }
}
