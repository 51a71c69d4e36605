package org.agreementledger.api.dashboard;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.agreementledger.api.words.ValueWords;
import org.springframework.stereotype.Component;

/** What templates ask for by the name {@code @shown}. */
@Component("shown")
class Shown {

    public String value(Map<String, Object> value) {
        return ValueWords.value(value);
    }

    /** Whole days from one to the other. */
    public long days(LocalDate from, LocalDate to) {
        return ChronoUnit.DAYS.between(from, to);
    }
}
