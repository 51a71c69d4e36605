package org.agreementledger.constancy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.agreementledger.entries.EntryAnswer;
import org.jspecify.annotations.Nullable;

/** What became of every term between two days, with the entries between. */
public record ConstancyAnswer(
        String agreementId,
        LocalDate from,
        LocalDate to,
        Instant knownAt,
        String standing,
        boolean unchanged,
        String fingerprintFrom,
        String fingerprintTo,
        PartiesOutcome parties,
        List<TermOutcome> terms,
        List<EntryAnswer> entries) {

    public record PartiesOutcome(String outcome, List<Integer> by) {}

    /**
     * @param from null where it was not in force on the first day
     * @param affirmedBy entries of the window whose claim on this term was upheld
     */
    public record TermOutcome(
            String key,
            String outcome,
            @Nullable Words from,
            @Nullable Words to,
            List<Integer> by,
            List<Integer> affirmedBy,
            List<Integer> notAddressedBy) {}

    public record Words(
            String statement,
            @Nullable String quote,
            @Nullable Map<String, Object> value,
            @Nullable String condition) {}
}
