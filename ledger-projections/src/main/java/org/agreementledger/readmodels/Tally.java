package org.agreementledger.readmodels;

/**
 * @param changes the entries, not withdrawn, that changed terms or parties when they were recorded
 * @param contradictions the claims of such entries that were found contradicted
 */
public record Tally(int changes, int contradictions) {

    public static final Tally NONE = new Tally(0, 0);

    Tally plus(Tally other) {
        return new Tally(changes + other.changes, contradictions + other.contradictions);
    }

    Tally minus(Tally other) {
        return new Tally(changes - other.changes, contradictions - other.contradictions);
    }
}
