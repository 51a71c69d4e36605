package org.agreementledger.terms;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.Set;
import org.agreementledger.time.Validity;

/**
 * The end of an agreement as its terms see it: from {@code from} only the keys it lets survive are
 * in force, whatever the precedence.
 *
 * @param occurredOn of its entry
 * @param sequence of its entry
 */
public record Closing(LocalDate occurredOn, int sequence, LocalDate from, Set<TermKey> survives) {

    /** Of several, the one that ends the agreement. */
    static final Comparator<Closing> FIRST =
            Comparator.comparing(Closing::from)
                    .thenComparing(Closing::occurredOn)
                    .thenComparingInt(Closing::sequence);

    Validity validity() {
        return new Validity(from, Validity.FOREVER);
    }

    boolean ends(TermKey key) {
        return !survives.contains(key);
    }

    boolean precedes(PlacedAction action) {
        int byDay = occurredOn.compareTo(action.occurredOn());
        return byDay < 0 || byDay == 0 && sequence < action.sequence();
    }
}
