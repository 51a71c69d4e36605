package org.agreementledger.axon;

/** How a committed write comes to survive a power cut. */
@FunctionalInterface
public interface Durability {

    /** For a database that sees to it in the commit itself. */
    Durability OF_COMMIT = () -> {};

    /**
     * Returns when everything committed before this call is on the disk.
     *
     * @throws NotDurable when that cannot be said, now or of anything before
     */
    void await();

    /**
     * To be asked before something is written that could not be acknowledged.
     *
     * @throws NotDurable when nothing can be any more
     */
    default void require() {}
}
