package org.agreementledger.api.dashboard;

import java.util.List;
import java.util.Map;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What a form is there to record.
 *
 * @param path of the page with the form, which is sent there as well
 * @param agreementId null for one that is still to be opened
 * @param agreement its title
 * @param revised the entry that is corrected, withdrawn or confirmed; null for none
 * @param choices what could be recorded instead on the same page
 * @param form what is asked
 * @param known of the answers, from the start
 */
record Recording(
        String path,
        Kind kind,
        @Nullable AgreementId agreementId,
        String agreement,
        @Nullable Revised revised,
        List<Kind> choices,
        Field form,
        Map<String, ?> known) {

    record Revised(int sequence, Kind kind, String occurredOn, String title) {}

    public String heading() {
        return switch (kind) {
            case OPENING -> "Open an agreement";
            case ANNOUNCEMENT -> "Record an announcement";
            case FUNDING_ROUND -> "Record a funding round";
            case PARTNERSHIP -> "Record a partnership";
            case AMENDMENT -> "Record an amendment";
            case CLOSING -> "Record how the agreement closed";
            case CORRECTION -> "Correct an entry";
            case WITHDRAWAL -> "Withdraw an entry";
            case CONFIRMATION -> "Confirm a report";
        };
    }

    /** What a revision does to the entry, for a link. */
    public String verb(Kind revision) {
        return switch (revision) {
            case CORRECTION -> "Correct it";
            case WITHDRAWAL -> "Withdraw it";
            default -> "Confirm it";
        };
    }

    public String address() {
        return path + "?kind=" + kind.slug();
    }
}
