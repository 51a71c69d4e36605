package org.agreementledger.entries;

import java.util.Collection;
import java.util.List;
import org.agreementledger.agreement.Effect;
import org.agreementledger.agreement.Findings;
import org.agreementledger.agreement.Verdict;
import org.agreementledger.entries.EntryAnswer.Difference;
import org.agreementledger.entries.EntryAnswer.EffectAnswer;
import org.agreementledger.entries.EntryAnswer.VerdictAnswer;
import org.agreementledger.readmodels.Slugs;
import org.agreementledger.terms.TermKey;

/** Findings in the words of the contract. */
final class Answers {

    private Answers() {}

    static EffectAnswer effect(Effect effect) {
        return new EffectAnswer(
                Slugs.of(effect.sum()),
                keys(effect.introduced()),
                keys(effect.changed()),
                keys(effect.retired()),
                keys(effect.disclosed()),
                keys(effect.corrected()),
                effect.partiesChanged());
    }

    private static List<String> keys(Collection<TermKey> keys) {
        return keys.stream().map(TermKey::value).toList();
    }

    static List<VerdictAnswer> verdicts(Findings findings) {
        return findings.verdicts().stream().map(Answers::verdict).toList();
    }

    private static VerdictAnswer verdict(Verdict verdict) {
        return new VerdictAnswer(
                verdict.key().value(),
                Slugs.of(verdict.verdict()),
                verdict.since().toString(),
                verdict.claimed(),
                verdict.held(),
                verdict.difference().stream()
                        .map(part -> new Difference(Slugs.of(part.op()), part.text()))
                        .toList());
    }
}
