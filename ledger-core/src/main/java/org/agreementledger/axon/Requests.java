package org.agreementledger.axon;

import java.util.Optional;
import org.agreementledger.axon.Submission.RequestKey;

/** What was answered to which request. Works in the transaction of the caller. */
public interface Requests {

    /**
     * @param digest of the request that was answered
     * @param receipt its answer
     */
    record Answered(String digest, Receipt receipt) {}

    Optional<Answered> find(Actor by, String key);

    /**
     * @throws org.springframework.dao.DuplicateKeyException when another node answered that request
     *     in the meantime
     */
    void remember(Actor by, RequestKey request, Receipt receipt);
}
