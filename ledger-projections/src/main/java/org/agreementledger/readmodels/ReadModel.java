package org.agreementledger.readmodels;

import java.util.List;
import org.agreementledger.agreement.AgreementEvent;
import org.agreementledger.log.LogEntry;

/** A table, or a few, that answer one question; written by one projection. */
public interface ReadModel {

    /** One event of the log, with its agreement before and after. */
    record Step(LogEntry log, AgreementEvent event, AgreementFold before, AgreementFold after) {}

    /** Takes the step; may hold rows back until {@link #flush}. */
    void apply(Step step);

    /** Writes what is held back, within the transaction of the steps. */
    void flush();

    /** Forgets what is held back: its transaction is not to be. */
    void discard();

    /** Empties the tables, within the caller's transaction. */
    void clear();

    /** All that it writes. */
    List<ModelTable> tables();
}
