package org.agreementledger.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring leaves, one of the parts into which RFC 9162 splits a list.
 *
 * @param to exclusive
 */
record Range(long from, long to) {

    /** Where RFC 9162 splits it: after the largest power of two smaller than its size. */
    long split() {
        return from + Long.highestOneBit(to - from - 1);
    }

    boolean isOneLeaf() {
        return to - from == 1;
    }

    /** The complete subtrees it consists of, from the first leaf on; the largest come first. */
    List<Node> nodes() {
        List<Node> nodes = new ArrayList<>();
        for (long at = from; at < to; ) {
            int level = Long.SIZE - 1 - Long.numberOfLeadingZeros(to - at);
            nodes.add(new Node(level, at >> level));
            at += 1L << level;
        }
        return nodes;
    }
}
