package org.agreementledger.asof;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.agreementledger.agreement.Entry.Original;
import org.agreementledger.asof.TermsAnswer.EntryLink;
import org.agreementledger.readmodels.AgreementFold;

/**
 * How others refer to an entry in its present words.
 *
 * @param position of the entry that gave them: itself, or its newest correction
 */
record EntryWording(long position, EntryLink link) {

    /** The entry as it is known in that fold. */
    static EntryWording of(AgreementFold fold, int sequence) {
        Original entry = fold.history().known(sequence).orElseThrow().entry();
        return new EntryWording(
                fold.wordedAt(sequence),
                new EntryLink(
                        sequence,
                        fold.positionOf(sequence),
                        entry.kind().slug(),
                        entry.header().occurredOn().toString(),
                        entry.header().title()));
    }

    static EntryLink readLink(ResultSet row) throws SQLException {
        return new EntryLink(
                row.getInt("set_sequence"),
                row.getLong("set_position"),
                row.getString("set_kind"),
                row.getString("set_occurred_on"),
                row.getString("set_title"));
    }
}
