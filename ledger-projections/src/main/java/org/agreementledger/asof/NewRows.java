package org.agreementledger.asof;

import java.util.List;
import org.agreementledger.asof.TermRow.State;
import org.agreementledger.readmodels.Tally;

/**
 * What entries of one agreement that were recorded one after the other brought to its rows in one
 * view.
 *
 * @param positions theirs
 */
record NewRows(
        List<Long> positions,
        Moved<Version> versions,
        Moved<Mark> marks,
        Moved<Turn> turns,
        Moved<Agreement> agreements,
        List<Counted> tallies) {

    /** Of one table, by id. */
    record Moved<T>(List<T> started, List<End> ended) {}

    record Version(
            long id,
            String key,
            State state,
            int validFrom,
            int validTo,
            long wordingId,
            long knownTo) {}

    record Mark(
            long id,
            MarkRow.Slot slot,
            int occurredOn,
            int sequence,
            long entryWording,
            long knownTo) {}

    record Turn(long id, int day, long knownTo) {}

    record Agreement(long id, AgreementRow row, long knownTo) {}

    record Counted(long knownFrom, Tally tally) {}

    /** Of a row that was started before. */
    record End(long id, long knownTo) {}
}
