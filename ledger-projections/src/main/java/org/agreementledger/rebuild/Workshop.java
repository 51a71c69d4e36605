package org.agreementledger.rebuild;

/** Where read models are built beside those that are read. */
public interface Workshop {

    /**
     * @param number no two rebuilds have the same, so that who builds on after it was given up does
     *     not touch what others build
     * @param builders how many threads write at once
     */
    Beside begin(long number, int builders);

    /** Removes what rebuilds have left that did not come to their end, and what was replaced. */
    void clear();
}
