package org.agreementledger.api.feed;

import java.util.List;

/**
 * What a reader is given at once.
 *
 * @param entries those that its filter lets through
 * @param through the position up to which there are no others
 */
record Stretch(List<StreamedEntry> entries, long through) {

    /** After so much no further entry is added: a reader who does not take it holds it. */
    static final int BYTES_ENOUGH = 64 << 10;
}
