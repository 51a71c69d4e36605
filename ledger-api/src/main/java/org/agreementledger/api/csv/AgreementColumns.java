package org.agreementledger.api.csv;

import java.util.stream.Collectors;
import org.agreementledger.agreement.Party;
import org.agreementledger.asof.AgreementSummary;

/** Agreements as rows: flat, and named as in JSON. */
public final class AgreementColumns {

    public static final Columns<AgreementSummary> ALL =
            new Columns<AgreementSummary>()
                    .with("agreementId", AgreementSummary::agreementId)
                    .with("title", AgreementSummary::title)
                    .with("parties", AgreementColumns::parties)
                    .with("status", AgreementSummary::status)
                    .with("sequence", AgreementSummary::sequence)
                    .with("termsInForce", AgreementSummary::termsInForce)
                    .with("unchangedSince", AgreementSummary::unchangedSince)
                    .with("lastEntryPosition", agreement -> agreement.lastEntry().position())
                    .with("lastEntryOccurredOn", agreement -> agreement.lastEntry().occurredOn())
                    .with("lastEntryTitle", agreement -> agreement.lastEntry().title())
                    .with("changes", AgreementSummary::changes)
                    .with("contradictions", AgreementSummary::contradictions);

    private AgreementColumns() {}

    private static String parties(AgreementSummary agreement) {
        return agreement.parties().stream().map(Party::id).collect(Collectors.joining(" "));
    }
}
