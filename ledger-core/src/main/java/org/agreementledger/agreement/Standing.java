package org.agreementledger.agreement;

/** Whether a party confirmed it, or somebody merely says so. */
public enum Standing {
    CONFIRMED,
    REPORTED
}
