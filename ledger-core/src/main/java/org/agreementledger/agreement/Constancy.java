package org.agreementledger.agreement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.agreementledger.terms.Fingerprint;
import org.agreementledger.terms.Outcome;
import org.agreementledger.terms.TermConstancy;
import org.agreementledger.terms.TermKey;

/**
 * The product's answer: what became of every term, and of the parties, between two days of valid
 * time, as known in one history.
 *
 * @param unchanged every outcome is unchanged or disclosed; then both fingerprints are equal
 * @param fingerprintFrom on {@code from}, without what was merely told in between
 * @param terms by key
 */
public record Constancy(
        LocalDate from,
        LocalDate to,
        boolean unchanged,
        Fingerprint fingerprintFrom,
        Fingerprint fingerprintTo,
        PartyConstancy parties,
        List<TermConstancy> terms) {

    public record PartyConstancy(Outcome outcome, SortedSet<Integer> by) {}

    /**
     * @throws IllegalArgumentException when {@code from} is after {@code to}
     */
    public static Constancy between(Fold fold, LocalDate from, LocalDate to) {
        if (from.isAfter(to)) {
            throw new IllegalArgumentException("from " + from + " is after to " + to);
        }
        List<TermConstancy> terms = new ArrayList<>();
        for (TermKey key : fold.terms().keys()) {
            TermConstancy.between(fold.terms().timeline(key), from, to).ifPresent(terms::add);
        }
        terms.sort(Comparator.comparing(TermConstancy::key));
        PartyConstancy parties = parties(fold.parties(), from, to);
        Fold untold = fold.untold(from, to);
        return new Constancy(
                from,
                to,
                parties.outcome() == Outcome.UNCHANGED
                        && terms.stream().allMatch(term -> term.outcome().keepsTheTerm()),
                untold.fingerprint(from),
                untold.fingerprint(to),
                parties,
                terms);
    }

    private static PartyConstancy parties(PartyTimeline parties, LocalDate from, LocalDate to) {
        SortedSet<Integer> by = new TreeSet<>();
        for (LocalDate day : parties.turns()) {
            if (day.isAfter(from) && !day.isAfter(to)) {
                by.addAll(parties.sequences(day));
            }
        }
        if (by.isEmpty()) {
            return new PartyConstancy(Outcome.UNCHANGED, by);
        }
        return new PartyConstancy(
                outcome(!parties.ids(from).isEmpty(), !parties.ids(to).isEmpty()), by);
    }

    private static Outcome outcome(boolean before, boolean after) {
        if (after) {
            return before ? Outcome.CHANGED : Outcome.INTRODUCED;
        }
        return Outcome.RETIRED;
    }
}
