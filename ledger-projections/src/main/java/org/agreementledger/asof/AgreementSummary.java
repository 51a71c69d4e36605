package org.agreementledger.asof;

import java.time.LocalDate;
import java.util.List;
import org.agreementledger.agreement.Party;
import org.agreementledger.asof.TermsAnswer.EntryLink;
import org.jspecify.annotations.Nullable;

/**
 * One agreement in a list.
 *
 * @param unchangedSince the first day since which parties and terms are what they are on that day;
 *     null before the agreement begins
 * @param changes the entries seen in that view, a report from its confirmation on, that changed
 *     terms or parties when they were recorded
 * @param contradictions the claims of such entries that were found contradicted
 */
public record AgreementSummary(
        String agreementId,
        String title,
        List<Party> parties,
        String status,
        int sequence,
        int termsInForce,
        @Nullable LocalDate unchangedSince,
        EntryLink lastEntry,
        int changes,
        int contradictions) {}
