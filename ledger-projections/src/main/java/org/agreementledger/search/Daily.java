package org.agreementledger.search;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Entries to be counted day by day (UTC).
 *
 * @param by what they are counted apart by; null for all together
 * @param through the last position that counts
 */
public record Daily(
        Criteria criteria,
        Dated dated,
        LocalDate first,
        int days,
        @Nullable Attribute by,
        long through) {

    /** Which of its days an entry is counted on. */
    public enum Dated {
        OCCURRED,
        RECORDED
    }
}
