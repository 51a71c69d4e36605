package org.agreementledger.agreement;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.agreementledger.agreement.Entry.Original;
import org.agreementledger.terms.PlacedAction;
import org.agreementledger.terms.TermKey;
import org.agreementledger.terms.TermState;
import org.agreementledger.terms.Terms;

/**
 * What an entry did to the terms, as known when it was recorded.
 *
 * @param corrected the keys whose terms a correction, withdrawal or confirmation altered on any day
 */
public record Effect(
        Sum sum,
        SortedSet<TermKey> introduced,
        SortedSet<TermKey> changed,
        SortedSet<TermKey> retired,
        SortedSet<TermKey> disclosed,
        SortedSet<TermKey> corrected,
        boolean partiesChanged) {

    public enum Sum {
        CHANGED,
        CORRECTED,
        DISCLOSED,
        UNCHANGED
    }

    static Effect ofOriginal(Known known, Fold before, Fold after) {
        SortedSet<TermKey> introduced = new TreeSet<>();
        SortedSet<TermKey> changed = new TreeSet<>();
        SortedSet<TermKey> retired = new TreeSet<>();
        SortedSet<TermKey> disclosed = new TreeSet<>();
        for (PlacedAction action : Fold.placed(known.sequence(), known.entry())) {
            LocalDate from = action.validity().from();
            TermState without = before.terms().on(action.key(), from);
            TermState with = after.terms().on(action.key(), from);
            if (action.discloses()) {
                if (with.held().filter(action::equals).isPresent()
                        && without.held().filter(action::saysTheSameAs).isEmpty()) {
                    disclosed.add(action.key());
                }
            } else if (!without.content().equals(with.content())) {
                turn(without, with, introduced, changed, retired).add(action.key());
            }
        }
        if (known.entry() instanceof Entry.Closing closing) {
            retired.addAll(ended(closing.header().takesEffectOn().date(), before, after));
        }
        return sum(
                introduced,
                changed,
                retired,
                disclosed,
                new TreeSet<>(),
                known.entry() instanceof Entry.Amendment
                        && before.parties().differsFrom(after.parties()));
    }

    private static <T> T turn(
            TermState without, TermState with, T introduced, T changed, T retired) {
        if (without.held().isEmpty()) {
            return introduced;
        }
        return with.held().isEmpty() ? retired : changed;
    }

    private static Set<TermKey> ended(LocalDate from, Fold before, Fold after) {
        Set<TermKey> ended = new TreeSet<>(before.terms().on(from).keySet());
        ended.removeAll(after.terms().on(from).keySet());
        return ended;
    }

    static Effect ofRevision(Known target, Known revised, Fold before, Fold after) {
        return sum(
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(
                        after.terms()
                                .differingFrom(
                                        before.terms(),
                                        touched(
                                                target.entry(),
                                                revised.entry(),
                                                before.terms(),
                                                after.terms()))),
                before.parties().differsFrom(after.parties()));
    }

    /** The keys that two versions of an entry can touch: for a closing, every key. */
    static Collection<TermKey> touched(Original one, Original other, Terms before, Terms after) {
        Set<TermKey> keys = Fold.keys(one);
        keys.addAll(Fold.keys(other));
        if (one instanceof Entry.Closing || other instanceof Entry.Closing) {
            keys.addAll(before.keys());
            keys.addAll(after.keys());
        }
        return keys;
    }

    private static Effect sum(
            SortedSet<TermKey> introduced,
            SortedSet<TermKey> changed,
            SortedSet<TermKey> retired,
            SortedSet<TermKey> disclosed,
            SortedSet<TermKey> corrected,
            boolean partiesChanged) {
        Sum sum = Sum.UNCHANGED;
        if (!introduced.isEmpty() || !changed.isEmpty() || !retired.isEmpty() || partiesChanged) {
            sum = Sum.CHANGED;
        } else if (!corrected.isEmpty()) {
            sum = Sum.CORRECTED;
        } else if (!disclosed.isEmpty()) {
            sum = Sum.DISCLOSED;
        }
        return new Effect(sum, introduced, changed, retired, disclosed, corrected, partiesChanged);
    }
}
