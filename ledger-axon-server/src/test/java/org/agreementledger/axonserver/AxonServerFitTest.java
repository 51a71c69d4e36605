package org.agreementledger.axonserver;

import static org.agreementledger.node.Drafts.announcement;
import static org.agreementledger.node.Drafts.opening;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Clock;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.LogChecks;
import org.junit.jupiter.api.Test;

/** A database and an Axon Server must hold the same history. */
class AxonServerFitTest extends OnAxonServer {

    @Test
    void entries_that_no_node_has_sequenced_get_their_place_at_the_next_start() throws Exception {
        record(opening("alpha"));
        LogChecks.awaitIntact(node, 1);
        node.close();
        Location elsewhere = database.fresh(folder);
        try (LedgerNode other =
                LedgerNode.open(
                        new Location(elsewhere.data(), elsewhere.url(), server.address()),
                        Clock.systemUTC())) {
            other.ledger().record(announcement("alpha", "Of another database"));
            LogChecks.awaitIntact(other, 2);
        }

        node = LedgerNode.open(location, Clock.systemUTC());

        assertVerified(2);
    }

    @Test
    void an_axon_server_that_has_lost_events_or_is_another_one_is_refused() throws Exception {
        record(opening("alpha"));
        LogChecks.awaitIntact(node, 1);
        node.close();

        server.events().loseAll();
        assertThatIllegalStateException()
                .isThrownBy(() -> LedgerNode.open(location, Clock.systemUTC()))
                .withMessageContaining("is another one, or has lost events");

        Location elsewhere = database.fresh(folder);
        try (LedgerNode other =
                LedgerNode.open(
                        new Location(elsewhere.data(), elsewhere.url(), server.address()),
                        Clock.systemUTC())) {
            other.ledger().record(opening("beta"));
            other.ledger().record(opening("gamma"));
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> LedgerNode.open(location, Clock.systemUTC()))
                .withMessageContaining("is another one, or has lost events");
    }

    @Test
    void an_axon_server_that_cannot_be_reached_is_refused() {
        node.close();
        server.kill();

        assertThatIllegalStateException()
                .isThrownBy(() -> LedgerNode.open(location, Clock.systemUTC()))
                .withMessageContaining("cannot be reached");
    }

    @Test
    void a_ledger_whose_events_are_there_records_nowhere_else() throws Exception {
        record(opening("alpha"));
        LogChecks.awaitIntact(node, 1);
        node.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> LedgerNode.open(withoutAxonServer(), Clock.systemUTC()))
                .withMessageContaining("--axon-server");
        try (LedgerNode reader = LedgerNode.openToRead(withoutAxonServer(), Clock.systemUTC())) {
            assertThat(reader.entries().at(0)).isPresent();
            assertThat(reader.readOnly()).isPresent();
        }
    }

    @Test
    void a_ledger_with_events_of_its_own_stays_where_they_are() {
        Location plain = database.fresh(folder);
        try (LedgerNode before = LedgerNode.open(plain, Clock.systemUTC())) {
            before.ledger().record(opening("alpha"));
        }

        assertThatIllegalStateException()
                .isThrownBy(() ->
                        LedgerNode.open(
                                new Location(plain.data(), plain.url(), server.address()),
                                Clock.systemUTC()))
                .withMessageContaining("leave --axon-server out");
        LedgerNode.open(plain, Clock.systemUTC()).close();
    }
}
