package org.agreementledger.difference;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.agreementledger.agreement.Party;
import org.agreementledger.asof.TermsAnswer.EntryLink;
import org.jspecify.annotations.Nullable;

/** How parties and terms differ between two points; what is equal is left out. */
public record DifferenceAnswer(
        String agreementId,
        LocalDate from,
        LocalDate to,
        Instant fromKnownAt,
        Instant toKnownAt,
        String standing,
        Parties parties,
        List<Term> terms) {

    public boolean nothingDiffers() {
        return parties.added().isEmpty() && parties.removed().isEmpty() && terms.isEmpty();
    }

    /** A party that was renamed is removed under one name and added under the other. */
    public record Parties(List<Party> added, List<Party> removed) {}

    /**
     * @param outcome {@code added}, {@code removed} or {@code changed}
     * @param from null where it was added
     * @param difference of the statements, word by word; empty where they are equal
     * @param quoteDifference of the quotes; empty where they are equal, or one is not known
     * @param moved by how much the value moved; null where that cannot be said
     */
    public record Term(
            String key,
            String outcome,
            @Nullable Version from,
            @Nullable Version to,
            List<Words> difference,
            List<Words> quoteDifference,
            @Nullable Map<String, Object> moved) {}

    public record Version(
            String statement,
            @Nullable String quote,
            @Nullable Map<String, Object> value,
            @Nullable String condition,
            String validFrom,
            @Nullable String validTo,
            EntryLink setBy) {}

    public record Words(String op, String text) {}
}
