package org.agreementledger.entries;

import java.util.List;

/**
 * What the entries of an agreement come to at a glance.
 *
 * @param newest the last few, the newest at the end
 * @param contradicted the claims, also of reports, that were found contradicted and still stand:
 *     neither corrected nor withdrawn since
 * @param reworded likewise those that were found in other words
 */
public record Glance(List<Mark> newest, int contradicted, int reworded) {

    static final Glance NONE = new Glance(List.of(), 0, 0);

    /**
     * One entry as a mark in a row of them.
     *
     * @param standing empty for corrections, withdrawals and confirmations
     * @param effect in sum
     */
    public record Mark(
            int sequence,
            String kind,
            String occurredOn,
            String title,
            String standing,
            String effect,
            boolean corrected,
            boolean withdrawn) {}
}
