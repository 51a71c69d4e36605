package org.agreementledger.terms;

/** What became of a term between two days. */
public enum Outcome {
    UNCHANGED,
    DISCLOSED,
    INTRODUCED,
    CHANGED,
    RETIRED,
    LAPSED;

    /** Nothing happened to the term itself, whatever was told of it. */
    public boolean keepsTheTerm() {
        return this == UNCHANGED || this == DISCLOSED;
    }
}
