package org.agreementledger.log;

import java.time.Instant;

/**
 * A resolved point of record time.
 *
 * @param position the last one known; -1 before the first
 * @param knownAt as asked, or when that position was recorded
 */
public record Moment(long position, Instant knownAt) {}
