package org.agreementledger.terms;

import java.time.LocalDate;
import java.util.Set;

/**
 * The end of an agreement as its terms see it: from {@code from} only the keys it lets survive are
 * in force, whatever the precedence.
 *
 * @param occurredOn of its entry
 * @param sequence of its entry
 */
public record Closing(LocalDate occurredOn, int sequence, LocalDate from, Set<TermKey> survives) {

    boolean ends(TermKey key) {
        return !survives.contains(key);
    }

    boolean precedes(PlacedAction action) {
        int byDay = occurredOn.compareTo(action.occurredOn());
        return byDay < 0 || byDay == 0 && sequence < action.sequence();
    }
}
