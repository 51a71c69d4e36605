package org.agreementledger.axon;

import java.util.List;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Findings;
import org.agreementledger.agreement.History;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.agreement.Refused;

/** The one way in: every write goes through here, and is stored whole or not at all. */
public final class Ledger {

    /** One of many submissions was refused; nothing of them was stored. */
    public static final class RefusedAt extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int index;

        RefusedAt(int index, Refused cause) {
            super(cause.getMessage(), cause);
            this.index = index;
        }

        /** Of the submission, from 0. */
        public int index() {
            return index;
        }

        public Refused refused() {
            return (Refused) getCause();
        }
    }

    /**
     * @throws Refused when a rule says no
     */
    public Receipt record(Submission submission) {
        throw new UnsupportedOperationException();
    }

    /**
     * All or nothing, in one transaction; later submissions build on earlier ones.
     *
     * @throws RefusedAt naming the first that a rule refuses
     */
    public List<Receipt> recordAll(List<Submission> submissions) {
        throw new UnsupportedOperationException();
    }

    /**
     * What recording it would find; stores nothing.
     *
     * @throws Refused when a rule says no
     */
    public Findings tryOut(RecordEntry command) {
        throw new UnsupportedOperationException();
    }

    /** From the event store; {@link History#EMPTY} where there is no such agreement. */
    public History history(AgreementId agreementId) {
        throw new UnsupportedOperationException();
    }
}
