package org.agreementledger.axonserver;

import io.axoniq.axonserver.connector.impl.StreamClosedException;
import io.axoniq.axonserver.connector.impl.StreamTimeoutException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.agreementledger.axon.Unconfirmed;
import org.axonframework.axonserver.connector.AxonServerException;
import org.axonframework.axonserver.connector.event.util.GrpcExceptionParser;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.ExecutionException;
import org.axonframework.modelling.command.ConcurrencyException;

/** What an exception of the connection means for the write that met it. */
final class Failures {

    private Failures() {}

    /**
     * As it is, where it does not come from the connection; a collision, where another write took
     * the place; else nobody knows.
     */
    static RuntimeException of(RuntimeException thrown) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            if (e instanceof ConcurrencyException collision) {
                return collision;
            }
            if (e instanceof StatusRuntimeException status
                    && GrpcExceptionParser.parse(status)
                            instanceof ConcurrencyException collision) {
                return collision;
            }
        }
        return isOfConnection(thrown) ? unconfirmed(thrown) : thrown;
    }

    static Unconfirmed unconfirmed(Throwable thrown) {
        String said = String.valueOf(thrown.getMessage());
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            if (e instanceof StatusRuntimeException status) {
                said = sentence(status.getStatus());
            }
        }
        return new Unconfirmed(said, thrown);
    }

    private static String sentence(Status status) {
        return status.getCode()
                + (status.getDescription() == null ? "" : ", " + status.getDescription());
    }

    private static boolean isOfConnection(Throwable thrown) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            if (e instanceof StatusRuntimeException
                    || e instanceof AxonServerException
                    || e instanceof io.axoniq.axonserver.connector.AxonServerException
                    || e instanceof EventStoreException
                    || e instanceof ExecutionException
                    || e instanceof StreamClosedException
                    || e instanceof StreamTimeoutException) {
                return true;
            }
        }
        return false;
    }
}
