package org.agreementledger.agreement;

import java.util.Locale;

/** Why an entry can be refused: one constant, one test and one problem type each. */
public enum Rule {
    AGREEMENT_EXISTS("Agreement exists"),
    AGREEMENT_UNKNOWN("Agreement unknown"),
    AGREEMENT_CLOSED("Agreement closed"),
    KIND_CANNOT_CHANGE_TERMS("Kind cannot change terms"),
    NOT_BINDING("Not binding"),
    TERM_TWICE("Term twice in one entry"),
    TERM_ALREADY_IN_FORCE("Term already in force"),
    TERM_NOT_IN_FORCE("Term not in force"),
    TERM_ALREADY_KNOWN("Term already known"),
    RESTATEMENT_INCOMPLETE("Restatement incomplete"),
    VALIDITY_EMPTY("Validity empty"),
    OCCURRED_IN_FUTURE("Occurred in the future"),
    HISTORY_CONTRADICTS("History contradicts"),
    ENTRY_UNKNOWN("Entry unknown"),
    ENTRY_NOT_CORRECTABLE("Entry not correctable"),
    ENTRY_WITHDRAWN("Entry withdrawn"),
    ENTRY_ALREADY_CONFIRMED("Entry already confirmed"),
    REF_TAKEN("Ref taken"),
    KEY_REUSED("Idempotency key reused"),
    SEQUENCE_MOVED("Sequence moved");

    private final String title;

    Rule(String title) {
        this.title = title;
    }

    /** For a person, short. */
    public String title() {
        return title;
    }

    /** As in {@code /problems/term-not-in-force}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
