package org.agreementledger.axon;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.agreementledger.agreement.Agreement;
import org.agreementledger.agreement.AgreementEvent;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.RecordEntry;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.annotation.MessageIdentifier;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.UnknownSerializedType;
import org.jspecify.annotations.Nullable;

/**
 * The shell around {@link Agreement}: Axon loads, locks, stores and delivers; this decides nothing.
 */
@AggregateRoot(type = EventText.AGGREGATE)
class AgreementAggregate {

    /** What the command comes to, for {@link Ledger}. */
    record Recorded(String eventId, Agreement agreement) {}

    @AggregateIdentifier private @Nullable AgreementId id;
    private Agreement agreement = Agreement.unopened();
    private String newest = "";

    AgreementAggregate() {}

    /** As it was remembered. */
    AgreementAggregate(AgreementId id, Agreement agreement) {
        this.id = id;
        this.agreement = agreement;
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Recorded handle(RecordEntry command, Clock clock) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        AggregateLifecycle.apply(agreement.decide(command, today));
        return new Recorded(newest, agreement);
    }

    @EventSourcingHandler
    void on(AgreementEvent event, @MessageIdentifier String eventId) {
        id = event.agreementId();
        agreement = agreement.evolve(event);
        newest = eventId;
    }

    @EventSourcingHandler
    void on(UnknownSerializedType unknown) {
        throw new UnknownEvent(unknown);
    }
}
