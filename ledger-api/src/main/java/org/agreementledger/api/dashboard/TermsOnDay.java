package org.agreementledger.api.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    record Topic(String name, int colour, List<HeldTerm> terms) {}

    /** Null where the agreement was not known at that moment. */
    static @Nullable TermsOnDay find(LedgerNode node, Point point, Topics topics) {
        TermsAnswer terms =
                node.terms()
                        .asOf(point.id(), point.validOn(), point.knownAt(), point.view())
                        .orElse(null);
        if (terms == null) {
            return null;
        }
        Map<String, List<HeldTerm>> byTopic = new TreeMap<>();
        for (HeldTerm term : terms.terms()) {
            byTopic.computeIfAbsent(
                            Topics.name(term.key(), term.category()), _ -> new ArrayList<>())
                    .add(term);
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
}
