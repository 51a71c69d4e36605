package org.agreementledger.log;

import org.agreementledger.agreement.AgreementEvent;

/** A stored event with its place in the log. */
public record PlacedEvent(long position, AgreementEvent event) {}
