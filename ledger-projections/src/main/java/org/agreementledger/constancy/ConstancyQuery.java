package org.agreementledger.constancy;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Constancy;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.Entry.Amendment;
import org.agreementledger.agreement.History;
import org.agreementledger.agreement.Known;
import org.agreementledger.agreement.View;
import org.agreementledger.constancy.ConstancyAnswer.PartiesOutcome;
import org.agreementledger.constancy.ConstancyAnswer.TermOutcome;
import org.agreementledger.constancy.ConstancyAnswer.Words;
import org.agreementledger.entries.Entries;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.json.EntryJson;
import org.agreementledger.log.Moment;
import org.agreementledger.readmodels.AgreementFold;
import org.agreementledger.readmodels.AgreementFolds;
import org.agreementledger.readmodels.Slugs;
import org.agreementledger.terms.PlacedAction;
import org.agreementledger.terms.Provision;
import org.agreementledger.terms.TermConstancy;
import org.agreementledger.terms.TermState;
import org.jspecify.annotations.Nullable;

/** Answers whether the terms of an agreement changed between two days, both included. */
public final class ConstancyQuery {

    private final AgreementFolds folds;
    private final Entries entries;

    public ConstancyQuery(AgreementFolds folds, Entries entries) {
        this.folds = folds;
        this.entries = entries;
    }

    /**
     * Empty where the agreement is not known at that moment.
     *
     * @throws IllegalArgumentException when {@code from} is after {@code to}
     */
    public Optional<ConstancyAnswer> between(
            AgreementId agreementId, LocalDate from, LocalDate to, Moment knownAt, View view) {
        AgreementFold fold = folds.at(agreementId, knownAt.position());
        if (fold.history().size() == 0) {
            return Optional.empty();
        }
        Constancy constancy = Constancy.between(fold.history().fold(view), from, to);
        List<Known> within =
                fold.history()
                        .known(view)
                        .filter(known -> isWithin(known.entry(), from, to))
                        .toList();
        return Optional.of(
                new ConstancyAnswer(
                        agreementId.value(),
                        from,
                        to,
                        knownAt.knownAt(),
                        view.slug(),
                        constancy.unchanged(),
                        constancy.fingerprintFrom().toString(),
                        constancy.fingerprintTo().toString(),
                        new PartiesOutcome(
                                Slugs.of(constancy.parties().outcome()),
                                List.copyOf(constancy.parties().by())),
                        constancy.terms().stream()
                                .map(term -> outcome(term, fold, within))
                                .toList(),
                        entries(
                                agreementId,
                                fold.history(),
                                sequences(fold.history(), constancy, within, from, to))));
    }

    /** With the links to corrections that were known then, not those known now. */
    private List<EntryAnswer> entries(
            AgreementId agreementId, History history, SortedSet<Integer> sequences) {
        return entries.entries(agreementId, sequences).stream()
                .map(entry -> linked(entry, history.known(entry.sequence())))
                .toList();
    }

    private static EntryAnswer linked(EntryAnswer entry, Optional<Known> known) {
        return known.map(k -> entry.withLinks(k.correctedBy(), k.withdrawnBy(), k.confirmedBy()))
                .orElse(entry);
    }

    private static boolean isWithin(Entry entry, LocalDate from, LocalDate to) {
        LocalDate occurredOn = entry.header().occurredOn().date();
        return occurredOn.isAfter(from) && !occurredOn.isAfter(to);
    }

    private static TermOutcome outcome(TermConstancy term, AgreementFold fold, List<Known> within) {
        return new TermOutcome(
                term.key().value(),
                Slugs.of(term.outcome()),
                words(term.from()),
                words(term.to()),
                List.copyOf(term.by()),
                within.stream()
                        .map(Known::sequence)
                        .filter(sequence -> fold.affirmedBy(sequence).contains(term.key()))
                        .toList(),
                within.stream()
                        .filter(known -> known.entry() instanceof Amendment)
                        .filter(known ->
                                ((Amendment) known.entry()).notAddressed().contains(term.key()))
                        .map(Known::sequence)
                        .toList());
    }

    private static @Nullable Words words(TermState state) {
        return state.held()
                .flatMap(PlacedAction::provision)
                .map(ConstancyQuery::words)
                .orElse(null);
    }

    private static Words words(Provision provision) {
        return new Words(
                provision.statement(),
                provision.quote(),
                provision.value() == null ? null : EntryJson.write(provision.value()),
                provision.condition());
    }

    /**
     * Originals that count and revisions, both of the window, and any other that made an outcome.
     */
    private static SortedSet<Integer> sequences(
            History history,
            Constancy constancy,
            List<Known> within,
            LocalDate from,
            LocalDate to) {
        SortedSet<Integer> sequences = new TreeSet<>(constancy.parties().by());
        constancy.terms().forEach(term -> sequences.addAll(term.by()));
        within.forEach(known -> sequences.add(known.sequence()));
        for (int sequence = 1; sequence <= history.size(); sequence++) {
            if (history.entry(sequence) instanceof Entry.Revision revision
                    && isWithin(revision, from, to)) {
                sequences.add(sequence);
            }
        }
        return sequences;
    }
}
