package org.agreementledger.readmodels;

import java.util.List;

/** What the read models are made of. */
public final class ModelTables {

    /** In an order in which each row finds those that it refers to. */
    public static final List<String> NAMES =
            List.of(
                    "entry",
                    "entry_verdict",
                    "entry_wording",
                    "term_wording",
                    "term_said",
                    "term_version",
                    "term_mark",
                    "term_turn",
                    "agreement_version",
                    "agreement_tally");

    private ModelTables() {}
}
