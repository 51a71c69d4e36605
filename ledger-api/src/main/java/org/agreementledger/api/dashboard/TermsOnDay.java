package org.agreementledger.api.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.agreementledger.asof.AgreementSummary;
import org.agreementledger.asof.TermsAnswer;
import org.agreementledger.asof.TermsAnswer.HeldTerm;
import org.agreementledger.node.LedgerNode;
import org.jspecify.annotations.Nullable;

/** The terms in force on one day, by topic. */
record TermsOnDay(TermsAnswer terms, AgreementSummary summary, List<Topic> topics) {

    /**
     * @param colour from 0
     */
    record Topic(String name, int colour, List<Row> rows) {}

    /**
     * @param same as the reader has it before him
     */
    record Row(HeldTerm term, boolean same) {}

    /**
     * Null where the agreement was not known at that moment.
     *
     * @param shown what the reader has before him; null for nothing
     */
    static @Nullable TermsOnDay find(
            LedgerNode node, Point point, @Nullable Point shown, Topics topics) {
        TermsAnswer terms = terms(node, point);
        if (terms == null) {
            return null;
        }
        TermsAnswer before = shown == null ? null : terms(node, shown);
        Set<HeldTerm> there = before == null ? Set.of() : Set.copyOf(before.terms());
        Map<String, List<Row>> byTopic = new TreeMap<>();
        for (HeldTerm term : terms.terms()) {
            byTopic.computeIfAbsent(
                            Topics.name(term.key(), term.category()), _ -> new ArrayList<>())
                    .add(new Row(term, there.contains(term)));
        }
        return new TermsOnDay(
                terms,
                node.terms()
                        .summary(point.id(), point.validOn(), point.knownAt(), point.view())
                        .orElseThrow(),
                byTopic.entrySet().stream()
                        .map(topic ->
                                new Topic(
                                        topic.getKey(),
                                        topics.colour(topic.getKey()),
                                        topic.getValue()))
                        .toList());
    }

    private static @Nullable TermsAnswer terms(LedgerNode node, Point point) {
        return node.terms()
                .asOf(point.id(), point.validOn(), point.knownAt(), point.view())
                .orElse(null);
    }
}
