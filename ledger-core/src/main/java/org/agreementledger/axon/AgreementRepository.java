package org.agreementledger.axon;

import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.inspection.AggregateModel;

/**
 * Loads from {@link Agreements}. Axon's own way also searches all events staged in the transaction,
 * which makes a large import quadratic; an agreement touched there is held by the transaction
 * already.
 */
final class AgreementRepository extends EventSourcingRepository<AgreementAggregate> {

    private final Agreements agreements;

    AgreementRepository(
            AggregateModel<AgreementAggregate> model,
            EventStore eventStore,
            Agreements agreements) {
        super(
                EventSourcingRepository.builder(AgreementAggregate.class)
                        .aggregateModel(model)
                        .eventStore(eventStore));
        this.agreements = agreements;
    }

    @Override
    protected DomainEventStream readEvents(String aggregateIdentifier) {
        return agreements.stream(aggregateIdentifier);
    }
}
