package org.agreementledger.difference;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Party;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.AgreementTerms;
import org.agreementledger.asof.TermsAnswer;
import org.agreementledger.asof.TermsAnswer.HeldTerm;
import org.agreementledger.difference.DifferenceAnswer.Parties;
import org.agreementledger.difference.DifferenceAnswer.Term;
import org.agreementledger.difference.DifferenceAnswer.Version;
import org.agreementledger.difference.DifferenceAnswer.Words;
import org.agreementledger.json.EntryJson;
import org.agreementledger.log.Moment;
import org.agreementledger.readmodels.Slugs;
import org.agreementledger.terms.Provision;
import org.agreementledger.terms.TermDifference;
import org.agreementledger.terms.WordDifference;
import org.agreementledger.time.Day;
import org.jspecify.annotations.Nullable;

/** Compares what an agreement said at two points, each a day and a moment. */
public final class DifferenceQuery {

    /** The first point may lie after the second, on either axis. */
    public record Point(LocalDate validOn, Moment knownAt) {}

    private final AgreementTerms terms;

    public DifferenceQuery(AgreementTerms terms) {
        this.terms = terms;
    }

    /** Empty where the agreement is known at neither; from the other, all is added or removed. */
    public Optional<DifferenceAnswer> between(
            AgreementId agreementId, Point from, Point to, View view) {
        Optional<TermsAnswer> before =
                terms.asOf(agreementId, from.validOn(), from.knownAt(), view);
        Optional<TermsAnswer> after = terms.asOf(agreementId, to.validOn(), to.knownAt(), view);
        if (before.isEmpty() && after.isEmpty()) {
            return Optional.empty();
        }
        Map<String, HeldTerm> was = byKey(before);
        Map<String, HeldTerm> is = byKey(after);
        return Optional.of(
                new DifferenceAnswer(
                        agreementId.value(),
                        from.validOn(),
                        to.validOn(),
                        from.knownAt().knownAt(),
                        to.knownAt().knownAt(),
                        view.slug(),
                        new Parties(
                                minus(parties(after), parties(before)),
                                minus(parties(before), parties(after))),
                        TermDifference.between(provisions(was), provisions(is)).stream()
                                .map(d -> term(d, was.get(d.key()), is.get(d.key())))
                                .toList()));
    }

    private static List<Party> parties(Optional<TermsAnswer> terms) {
        return terms.map(TermsAnswer::parties).orElse(List.of());
    }

    private static List<Party> minus(List<Party> some, List<Party> others) {
        return some.stream().filter(party -> !others.contains(party)).toList();
    }

    private static Map<String, HeldTerm> byKey(Optional<TermsAnswer> terms) {
        return terms.stream()
                .flatMap(answer -> answer.terms().stream())
                .collect(Collectors.toMap(HeldTerm::key, Function.identity()));
    }

    private static Map<String, Provision> provisions(Map<String, HeldTerm> terms) {
        return terms.values().stream()
                .collect(Collectors.toMap(HeldTerm::key, DifferenceQuery::provision));
    }

    /** As far as it is compared. */
    private static Provision provision(HeldTerm term) {
        return new Provision(
                term.statement(),
                term.quote(),
                term.value() == null ? null : EntryJson.storedValue(term.value()),
                null,
                term.condition(),
                term.validTo() == null ? null : Day.parse(term.validTo()),
                null,
                null,
                null,
                null);
    }

    private static Term term(
            TermDifference difference, @Nullable HeldTerm from, @Nullable HeldTerm to) {
        return new Term(
                difference.key(),
                Slugs.of(difference.outcome()),
                version(from),
                version(to),
                words(difference.statement()),
                words(difference.quote()),
                difference.moved().map(EntryJson::write).orElse(null));
    }

    private static @Nullable Version version(@Nullable HeldTerm term) {
        return term == null
                ? null
                : new Version(
                        term.statement(),
                        term.quote(),
                        term.value(),
                        term.condition(),
                        term.validFrom(),
                        term.validTo(),
                        term.setBy());
    }

    private static List<Words> words(List<WordDifference.Part> parts) {
        return parts.stream().map(part -> new Words(Slugs.of(part.op()), part.text())).toList();
    }
}
