package org.agreementledger.json;

/** How strictly an entry is read. */
public enum Gate {
    /** Form, sizes, known codes: what somebody submits. */
    SUBMITTED,
    /**
     * Form alone: what passed the gate once stays readable for ever, also when sizes or codes move.
     */
    STORED
}
