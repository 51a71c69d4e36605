package org.agreementledger.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.agreementledger.terms.Outcome;
import org.agreementledger.terms.PlacedAction;
import org.agreementledger.terms.TermConstancy;
import org.agreementledger.terms.TermKey;

/**
 * Given these entries, when that one is offered, then: through {@code decide} and {@code evolve}
 * only.
 */
final class Scenario {

    static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    private final Agreement before;
    private final Entry offered;

    private Scenario(Agreement before, Entry offered) {
        this.before = before;
        this.offered = offered;
    }

    record Given(Agreement agreement) {
        Scenario when(Entry offered) {
            return new Scenario(agreement, offered);
        }

        Answer answer() {
            return new Answer(agreement.history());
        }
    }

    /** Each entry must itself be accepted. */
    static Given given(Entry... entries) {
        Agreement agreement = Agreement.unopened();
        for (Entry entry : entries) {
            agreement = agreement.evolve(decide(agreement, entry));
        }
        return new Given(agreement);
    }

    private static AgreementEvent decide(Agreement agreement, Entry entry) {
        return agreement.decide(new RecordEntry(entry, null), TODAY);
    }

    /**
     * @param inMessage what the message names
     */
    void refused(Rule rule, String pointer, String... inMessage) {
        History history = before.history();
        try {
            decide(before, offered);
        } catch (Refused refusal) {
            assertThat(refusal.rule()).as(refusal.getMessage()).isEqualTo(rule);
            assertThat(refusal.pointer()).isEqualTo(pointer);
            for (String words : inMessage) {
                assertThat(refusal).hasMessageContaining(words);
            }
            assertThat(before.history()).isSameAs(history);
            return;
        }
        throw new AssertionError("recorded, but should be refused by " + rule);
    }

    Answer recorded() {
        AgreementEvent event = decide(before, offered);
        assertThat(event.sequence()).isEqualTo(before.history().size() + 1);
        assertThat(event.entry()).isEqualTo(offered);
        return new Answer(before.evolve(event).history());
    }

    /** What there is to say once everything is recorded. */
    record Answer(History history) {

        Findings findings() {
            return Findings.of(history.upTo(history.size() - 1), history);
        }

        Answer effect(Effect.Sum sum, String... keys) {
            Effect effect = findings().effect();
            assertThat(said(effect)).containsExactlyInAnyOrder(keys);
            assertThat(effect.sum()).isEqualTo(sum);
            return this;
        }

        private static List<String> said(Effect effect) {
            Map<String, SortedSet<TermKey>> sets = new TreeMap<>();
            sets.put("+", effect.introduced());
            sets.put("~", effect.changed());
            sets.put("-", effect.retired());
            sets.put("!", effect.disclosed());
            sets.put("^", effect.corrected());
            List<String> said = new ArrayList<>();
            sets.forEach((sign, keys) -> keys.forEach(key -> said.add(sign + key)));
            if (effect.partiesChanged()) {
                said.add("parties");
            }
            return said;
        }

        /** As {@code key=statement}. */
        Answer terms(String day, String... terms) {
            return terms(View.CONFIRMED, day, terms);
        }

        Answer terms(View view, String day, String... terms) {
            SortedMap<TermKey, PlacedAction> held =
                    history.fold(view).terms().on(LocalDate.parse(day));
            assertThat(
                            held.entrySet().stream()
                                    .map(term ->
                                            term.getKey()
                                                    + "="
                                                    + term.getValue()
                                                            .provision()
                                                            .orElseThrow()
                                                            .statement()))
                    .containsExactlyInAnyOrder(terms);
            return this;
        }

        Answer parties(String day, String... ids) {
            assertThat(history.fold(View.CONFIRMED).parties().on(LocalDate.parse(day)))
                    .extracting(Party::id)
                    .containsExactly(ids);
            return this;
        }

        /** As {@code key finding}. */
        Answer verdicts(String... verdicts) {
            assertThat(findings().verdicts())
                    .extracting(verdict -> verdict.key() + " " + verdict.verdict())
                    .containsExactly(verdicts);
            return this;
        }

        Constancy constancy(String from, String to) {
            return Constancy.between(
                    history.fold(View.CONFIRMED), LocalDate.parse(from), LocalDate.parse(to));
        }

        /** As {@code key OUTCOME [sequences]}. */
        Answer constancy(String from, String to, String... outcomes) {
            Constancy constancy = constancy(from, to);
            assertThat(constancy.terms())
                    .extracting(term -> term.key() + " " + term.outcome() + " " + term.by())
                    .containsExactly(outcomes);
            assertThat(constancy.unchanged())
                    .isEqualTo(
                            constancy.parties().outcome().keepsTheTerm()
                                    && constancy.terms().stream()
                                            .map(TermConstancy::outcome)
                                            .allMatch(Outcome::keepsTheTerm));
            return this;
        }

        Answer fingerprintsEqual(boolean equal) {
            assertThat(findings().before().equals(findings().after())).isEqualTo(equal);
            return this;
        }
    }
}
