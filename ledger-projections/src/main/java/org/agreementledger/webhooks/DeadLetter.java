package org.agreementledger.webhooks;

import java.time.Instant;

/**
 * An entry that a receiver was not told, after all attempts.
 *
 * @param diedAt when it was last given up
 * @param failure what came of the last attempt
 * @param replay whether it is about to be sent again
 */
public record DeadLetter(
        long position, int attempts, Instant diedAt, String failure, boolean replay) {}
