package org.agreementledger.axonserver;

import static org.agreementledger.node.Drafts.announcement;
import static org.agreementledger.node.Drafts.opening;
import static org.agreementledger.node.Drafts.under;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.agreementledger.axon.InProgress;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.axon.Unconfirmed;
import org.junit.jupiter.api.Test;

/** Connections that break, and an Axon Server that is away. */
class AxonServerOutageTest extends OnAxonServer {

    @Test
    void a_connection_that_breaks_before_the_append_is_stored_leaves_nothing() throws Exception {
        node.ledger().record(opening("alpha"));
        Submission request = under(KEY, announcement("alpha", "Once"));

        server.events().insteadOfNext(server::kill);
        assertThatExceptionOfType(Unconfirmed.class)
                .isThrownBy(() -> node.ledger().record(request))
                .withMessageContaining("may or may not be recorded");
        assertThat(server.events().identifiers()).hasSize(1);
        server.restart();

        assertThat(again(request).repeated()).isFalse();
        assertVerified(2);
    }

    @Test
    void one_that_breaks_after_the_append_is_stored_stores_nothing_twice() throws Exception {
        node.ledger().record(opening("alpha"));
        Submission request = under(KEY, announcement("alpha", "Once"));

        server.events().afterNext(server::kill);
        assertThatExceptionOfType(Unconfirmed.class)
                .isThrownBy(() -> node.ledger().record(request));
        server.restart();

        Receipt receipt = again(request);
        assertThat(receipt.repeated()).isTrue();
        assertThat(receipt.sequence()).isEqualTo(2);
        assertVerified(2);
    }

    /** Until the connection is there again, and the node knows how the first try ended. */
    private Receipt again(Submission request) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return node.ledger().record(request);
            } catch (Unconfirmed | InProgress e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }

    @Test
    void while_axon_server_is_away_nothing_is_acknowledged_and_what_is_there_is_read()
            throws Exception {
        List<Receipt> receipts = record(opening("alpha"));
        assertThat(node.readModels().await(receipts, PATIENCE)).isTrue();
        server.kill();

        assertThatExceptionOfType(Unconfirmed.class)
                .isThrownBy(() -> node.ledger().record(announcement("alpha", "Lost")));
        assertThat(node.log().newest()).isZero();
        assertThat(node.entries().at(0)).isPresent();

        server.restart();
        again(under(KEY, announcement("alpha", "There again")));
        assertVerified(2);
    }
}
