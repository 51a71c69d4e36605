package org.agreementledger.api.entries;

import jakarta.servlet.http.HttpServletRequest;
import org.agreementledger.api.csv.EntryColumns;
import org.agreementledger.api.http.Form;
import org.agreementledger.api.http.Listing;
import org.agreementledger.entries.EntryFilter;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.springframework.http.ResponseEntity;

/** All entries that fit, as one stream. */
public final class WholeList {

    private WholeList() {}

    /**
     * @param start the position before the first; -1 for all
     */
    public static ResponseEntity<?> answer(
            LedgerNode node,
            EntryFilter filter,
            long start,
            Form form,
            HttpServletRequest request) {
        Moment now = node.readModels().resolve(new KnownAt.Now());
        if (form == Form.NDJSON && filter.words() == null) {
            return Listing.lines(node.entries().lines(filter, start, now.position()), now, request);
        }
        return Listing.stream(
                node.entries().all(filter, start, now.position()),
                now,
                form,
                EntryColumns.ALL,
                request);
    }
}
