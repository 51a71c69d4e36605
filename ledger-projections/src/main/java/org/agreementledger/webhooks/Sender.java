package org.agreementledger.webhooks;

/** Brings a message to its receiver, whatever lies between. */
public interface Sender extends AutoCloseable {

    /**
     * One attempt, within half a minute at most; what goes wrong on the way is an outcome, not an
     * exception.
     */
    Outcome send(Message message);

    /** Cuts short what is under way. */
    @Override
    void close();
}
