package org.agreementledger.axon;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.agreementledger.agreement.Agreement;
import org.agreementledger.agreement.AgreementEvent;
import org.agreementledger.agreement.AgreementId;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.serialization.UnknownSerializedType;

/**
 * The agreements met last, as they were stored then. Whoever asks reads what was stored since: what
 * another node wrote is seen, and a long agreement is not read again from its first event. It
 * remembers only what is stored, so nothing here can be wrong, only old.
 */
final class Agreements {

    /** Weighed in entries; one takes about 3 KB. */
    private static final int ENTRIES_MAX = 50_000;

    /** Where the events of an agreement are read from. */
    @FunctionalInterface
    interface Source {
        DomainEventStream read(String id, long fromSequenceNumber);
    }

    private final Source events;
    private final int entriesMax;
    private final Map<AgreementId, Agreement> remembered = new LinkedHashMap<>(64, 0.75f, true);
    private int entries;

    Agreements(Source events) {
        this(events, ENTRIES_MAX);
    }

    Agreements(Source events, int entriesMax) {
        this.events = events;
        this.entriesMax = entriesMax;
    }

    /** As stored now. */
    Agreement find(AgreementId id) {
        Agreement known = recall(id).orElse(Agreement.unopened());
        Agreement agreement = known;
        DomainEventStream since = read(id.value(), known.history().size());
        while (since.hasNext()) {
            agreement = agreement.evolve(event(since.next()));
        }
        if (agreement != known) {
            remember(id, agreement);
        }
        return agreement;
    }

    private static AgreementEvent event(DomainEventMessage<?> message) {
        if (message.getPayload() instanceof UnknownSerializedType unknown) {
            throw new UnknownEvent(unknown);
        }
        return (AgreementEvent) message.getPayload();
    }

    /** The same for Axon, which takes what is remembered as a snapshot. */
    DomainEventStream stream(String id) {
        AgreementId agreementId = new AgreementId(id);
        Optional<Agreement> known = recall(agreementId);
        if (known.isEmpty()) {
            return read(id, 0);
        }
        int size = known.get().history().size();
        DomainEventMessage<AgreementAggregate> snapshot =
                new GenericDomainEventMessage<>(
                        "Agreement",
                        id,
                        size - 1,
                        new AgreementAggregate(agreementId, known.get()));
        return DomainEventStream.concat(DomainEventStream.of(snapshot), read(id, size));
    }

    private DomainEventStream read(String id, long fromSequenceNumber) {
        DomainEventStream stored = events.read(id, fromSequenceNumber);
        return DomainEventStream.of(
                stored.asStream().map(Agreements::readable), stored::getLastSequenceNumber);
    }

    /** Its payload is read when somebody asks for it, who cannot say any more which one it was. */
    private static DomainEventMessage<?> readable(DomainEventMessage<?> message) {
        try {
            message.getPayload();
            return message;
        } catch (DamagedRecord e) {
            throw new DamagedRecord(
                    "entry %d of %s in the event store"
                            .formatted(
                                    message.getSequenceNumber() + 1,
                                    message.getAggregateIdentifier()),
                    e);
        }
    }

    private synchronized Optional<Agreement> recall(AgreementId id) {
        return Optional.ofNullable(remembered.get(id));
    }

    /**
     * @param agreement as stored, committed
     */
    synchronized void remember(AgreementId id, Agreement agreement) {
        int size = agreement.history().size();
        Agreement before = remembered.get(id);
        int sizeBefore = before == null ? 0 : before.history().size();
        if (size <= sizeBefore) {
            return;
        }
        remembered.put(id, agreement);
        entries += size - sizeBefore;
        Iterator<Agreement> eldest = remembered.values().iterator();
        while (entries > entriesMax && remembered.size() > 1) {
            entries -= eldest.next().history().size();
            eldest.remove();
        }
    }
}
