package org.agreementledger.axon;

import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * For a database that one process has to itself: nobody can take its claim, so an idle sequencer
 * does not write to renew it.
 */
final class SoleTokenStore extends JdbcTokenStore {

    SoleTokenStore(Builder builder) {
        super(builder);
    }

    @Override
    public void extendClaim(String processorName, int segment) {
        if (CurrentUnitOfWork.isStarted()) {
            super.extendClaim(processorName, segment);
        }
    }
}
