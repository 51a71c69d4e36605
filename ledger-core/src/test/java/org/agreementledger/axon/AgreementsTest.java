package org.agreementledger.axon;

import static org.agreementledger.agreement.Entries.AGREEMENT;
import static org.agreementledger.agreement.Entries.announcement;
import static org.agreementledger.agreement.Entries.in;
import static org.agreementledger.agreement.Entries.opening;
import static org.assertj.core.api.Assertions.assertThat;

import org.agreementledger.agreement.Agreement;
import org.agreementledger.agreement.AgreementEvent;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.History;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;

class AgreementsTest {

    private static final AgreementId OTHER = new AgreementId("other");

    private final InMemoryEventStorageEngine events = new InMemoryEventStorageEngine();
    private final Agreements agreements = new Agreements(events::readEvents, 3);

    @Test
    void an_agreement_nobody_opened_is_unopened() {
        assertThat(agreements.find(AGREEMENT).history()).isSameAs(History.EMPTY);
    }

    @Test
    void what_was_stored_since_is_seen() {
        store(1, opening("2020-01-01"));
        Agreement before = agreements.find(AGREEMENT);
        assertThat(agreements.find(AGREEMENT)).isSameAs(before);

        store(2, announcement("2020-02-02"));

        assertThat(agreements.find(AGREEMENT).history().entries())
                .containsExactly(opening("2020-01-01"), announcement("2020-02-02"));
    }

    @Test
    void axon_gets_what_is_remembered_and_then_only_what_is_new() {
        store(1, opening("2020-01-01"));
        store(2, announcement("2020-02-02"));
        agreements.find(AGREEMENT);
        store(3, announcement("2020-03-03"));

        assertThat(agreements.stream(AGREEMENT.value()).asStream())
                .extracting(message -> message.getPayloadType().getSimpleName())
                .containsExactly("AgreementAggregate", "AnnouncementRecorded");
        assertThat(agreements.stream(OTHER.value()).hasNext()).isFalse();
    }

    @Test
    void an_older_state_does_not_replace_a_newer_one() {
        store(1, opening("2020-01-01"));
        Agreement older = agreements.find(AGREEMENT);
        store(2, announcement("2020-02-02"));
        Agreement newer = agreements.find(AGREEMENT);

        agreements.remember(AGREEMENT, older);

        assertThat(agreements.find(AGREEMENT)).isSameAs(newer);
    }

    @Test
    void when_there_are_too_many_entries_the_agreement_longest_not_asked_for_is_forgotten() {
        store(1, opening("2020-01-01"));
        store(2, announcement("2020-02-02"));
        Agreement first = agreements.find(AGREEMENT);
        store(1, in(OTHER, opening("2020-01-01")));
        agreements.find(OTHER);
        assertThat(agreements.find(AGREEMENT)).isSameAs(first);

        store(2, in(OTHER, announcement("2020-02-02")));
        agreements.find(OTHER);

        Agreement readAgain = agreements.find(AGREEMENT);
        assertThat(readAgain).isNotSameAs(first);
        assertThat(readAgain.history().entries()).isEqualTo(first.history().entries());
    }

    private void store(int sequence, Entry entry) {
        AgreementEvent event = AgreementEvent.of(sequence, entry);
        events.appendEvents(
                new GenericDomainEventMessage<>(
                        "Agreement", event.agreementId().value(), sequence - 1, event));
    }
}
