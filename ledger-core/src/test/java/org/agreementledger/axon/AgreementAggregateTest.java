package org.agreementledger.axon;

import static org.agreementledger.agreement.Entries.announcement;
import static org.agreementledger.agreement.Entries.opening;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.agreementledger.agreement.AgreementEvent;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.agreement.Refused;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.matchers.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgreementAggregateTest {

    private final FixtureConfiguration<AgreementAggregate> fixture =
            new AggregateTestFixture<>(AgreementAggregate.class);

    @BeforeEach
    void today() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        fixture.registerInjectableResource(Clock.fixed(now, ZoneOffset.UTC));
        // It compares states with equals; ours are compared in the laws of the fold.
        fixture.setReportIllegalStateChange(false);
        fixture.registerCommandTargetResolver(command ->
                new VersionedAggregateIdentifier(
                        ((RecordEntry) command.getPayload()).agreementId().value(), null));
    }

    @Test
    void an_opening_creates() {
        fixture.givenNoPriorActivity()
                .when(command(opening("2020-01-01")))
                .expectEvents(AgreementEvent.of(1, opening("2020-01-01")));
    }

    @Test
    void any_other_entry_is_routed_to_its_agreement() {
        fixture.given(AgreementEvent.of(1, opening("2020-01-01")))
                .when(command(announcement("2020-02-02")))
                .expectEvents(AgreementEvent.of(2, announcement("2020-02-02")));
    }

    @Test
    void what_a_rule_refuses_comes_out_as_it_is() {
        fixture.givenNoPriorActivity()
                .when(command(announcement("2020-02-02")))
                .expectNoEvents()
                .expectException(Refused.class);
    }

    @Test
    void today_is_the_clocks() {
        fixture.given(AgreementEvent.of(1, opening("2020-01-01")))
                .when(command(announcement("2026-01-03")))
                .expectNoEvents()
                .expectException(
                        Matchers.matches(
                                (Exception e) -> e.getMessage().contains("later than tomorrow")));
    }

    private static RecordEntry command(Entry entry) {
        return new RecordEntry(entry, null);
    }
}
