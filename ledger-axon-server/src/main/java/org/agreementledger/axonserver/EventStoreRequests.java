package org.agreementledger.axonserver;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Requests;
import org.agreementledger.axon.Submission.RequestKey;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;

/**
 * Each answered request is the first event of an aggregate that only its actor and key name, stored
 * in one transaction with the entry it became. There is one first event of an aggregate; so of two
 * that answer the same request at once, one is told of a collision, and finds the other's answer
 * when it tries again.
 */
final class EventStoreRequests implements Requests {

    private static final String AGGREGATE = "Request";

    private final EventStore events;

    EventStoreRequests(EventStore events) {
        this.events = events;
    }

    /** Also what was remembered in the same unit of work. */
    @Override
    public Optional<Answered> find(Actor by, String key) {
        DomainEventStream stored = events.readEvents(id(by, key), 0);
        return stored.hasNext()
                ? Optional.of(((RequestAnswered) stored.next().getPayload()).answered())
                : Optional.empty();
    }

    @Override
    public void remember(Actor by, RequestKey request, Receipt receipt) {
        events.publish(
                List.of(
                        new GenericDomainEventMessage<>(
                                AGGREGATE,
                                id(by, request.key()),
                                0,
                                new RequestAnswered(
                                        by.id(),
                                        by.issuer(),
                                        request.key(),
                                        request.digest(),
                                        receipt.eventId(),
                                        receipt.agreementId().value(),
                                        receipt.sequence()))));
    }

    /** No agreement has such an id: it holds a colon. The lengths keep the parts apart. */
    private static String id(Actor by, String key) {
        String parts =
                by.id().length() + ":" + by.id() + by.issuer().length() + ":" + by.issuer() + key;
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(parts.getBytes(StandardCharsets.UTF_8));
            return "request:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
