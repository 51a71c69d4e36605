package org.agreementledger.axon;

import org.agreementledger.agreement.AgreementId;

/**
 * A stored write: it is not lost any more.
 *
 * @param repeated the request was answered before, and this is its first answer again
 */
public record Receipt(String eventId, AgreementId agreementId, int sequence, boolean repeated) {}
