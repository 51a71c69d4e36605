package org.agreementledger.log;

import org.agreementledger.agreement.AgreementEvent;

/** An entry of the log with the event it is about. */
public record Logged(LogEntry log, AgreementEvent event) {}
