package org.agreementledger.agreement;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.agreementledger.terms.Outcome;
import org.agreementledger.terms.PlacedAction;
import org.agreementledger.terms.Provision;
import org.agreementledger.terms.TermAction.Reaffirm;
import org.agreementledger.terms.TermConstancy;
import org.agreementledger.terms.TermKey;
import org.agreementledger.terms.TermTimeline;
import org.agreementledger.terms.TermValue;
import org.agreementledger.terms.Terms;
import org.agreementledger.terms.WordDifference;
import org.agreementledger.terms.Words;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger finds about one claim that a term has stayed as it was. It never refuses the
 * entry that makes the claim.
 *
 * @param since from which day the claim was checked
 * @param claimed the claim's words; null where it has none
 * @param held the term's words as held on the day of the claim; null where it was not in force
 * @param difference word by word, where the finding is {@code reworded}
 */
public record Verdict(
        TermKey key,
        Finding verdict,
        LocalDate since,
        @Nullable String claimed,
        @Nullable String held,
        List<WordDifference.Part> difference) {

    public enum Finding {
        UPHELD,
        REWORDED,
        CONTRADICTED,
        UNKNOWN_TERM
    }

    /**
     * @param terms as known when the claim was recorded, without the entry that makes it
     * @param madeOn the day of the claim
     */
    static Verdict of(Reaffirm claim, TermKey key, Terms terms, LocalDate madeOn) {
        TermTimeline timeline = terms.timeline(key);
        Optional<PlacedAction> heldThen = timeline.on(madeOn).held();
        LocalDate since = since(claim, heldThen, madeOn);
        String claimedQuote = claim.remark().quote();
        Optional<Provision> held = heldThen.flatMap(PlacedAction::provision);
        String heldQuote = held.map(Provision::quote).orElse(null);
        Finding finding = finding(claim, timeline, since, madeOn, held);
        boolean quotes = claimedQuote != null && heldQuote != null;
        return new Verdict(
                key,
                finding,
                since,
                claimedQuote != null ? claimedQuote : claim.remark().statement(),
                quotes ? heldQuote : held.map(Provision::statement).orElse(null),
                finding == Finding.REWORDED
                        ? WordDifference.between(heldQuote, claimedQuote)
                        : List.of());
    }

    private static LocalDate since(
            Reaffirm claim, Optional<PlacedAction> heldThen, LocalDate madeOn) {
        return claim.since() != null
                ? claim.since().date()
                : heldThen.map(by -> by.validity().from()).orElse(madeOn);
    }

    private static Finding finding(
            Reaffirm claim,
            TermTimeline timeline,
            LocalDate since,
            LocalDate madeOn,
            Optional<Provision> held) {
        if (!timeline.everProvided()) {
            return Finding.UNKNOWN_TERM;
        }
        boolean kept =
                timeline.on(since).held().isPresent()
                        && held.isPresent()
                        && TermConstancy.between(timeline, since, madeOn)
                                .map(TermConstancy::outcome)
                                .filter(Outcome::keepsTheTerm)
                                .isPresent();
        if (!kept || differ(claim.value(), held.get().value())) {
            return Finding.CONTRADICTED;
        }
        return Words.differ(claim.remark().quote(), held.get().quote())
                ? Finding.REWORDED
                : Finding.UPHELD;
    }

    private static boolean differ(@Nullable TermValue claimed, @Nullable TermValue held) {
        return claimed != null && held != null && !Objects.equals(claimed, held);
    }
}
