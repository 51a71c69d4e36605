package org.agreementledger.replay;

import java.time.LocalDate;
import java.util.List;
import java.util.function.LongConsumer;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.TermsAnswer;
import org.agreementledger.log.Moment;
import org.jspecify.annotations.Nullable;

/** Folds from the first event of the event store, not from the read models. */
public class Replay {

    /**
     * One place where the fold and the read models say different things.
     *
     * @param where agreement, and term or entry, day, moment and view
     */
    public record Difference(String where, String folded, String read) {}

    /**
     * @param entries compared
     * @param questions asked of both
     */
    public record Check(long entries, long questions, List<Difference> differences) {}

    /**
     * The terms of each agreement, by id, folded from the first event.
     *
     * @param agreementId null for all
     * @param done told the number of events folded so far
     */
    public List<TermsAnswer> terms(
            @Nullable AgreementId agreementId,
            LocalDate validOn,
            Moment knownAt,
            View view,
            LongConsumer done) {
        throw new UnsupportedOperationException();
    }

    /**
     * Compares the read models with the fold: every entry's effect, fingerprints and verdicts, and
     * the terms on every day on which anything starts or ends, at every moment, in both views.
     *
     * @param agreementId null for all
     */
    public Check check(@Nullable AgreementId agreementId, LongConsumer done) {
        throw new UnsupportedOperationException();
    }
}
