package org.agreementledger.axon;

import org.axonframework.serialization.UnknownSerializedType;

/**
 * The event store holds a type that this version does not know. Axon would skip it; a fold or a log
 * that skips one is wrong, so whoever meets one stops.
 */
public final class UnknownEvent extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownEvent(UnknownSerializedType unknown) {
        super(
                "The event store holds an event of type "
                        + unknown.serializedType().getName()
                        + ", which this version does not know; a newer one wrote it.");
    }
}
