package org.agreementledger.api.webhooks;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.agreementledger.node.Drafts;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.webhooks.Deliverer;
import org.agreementledger.webhooks.RetrySchedule;
import org.agreementledger.webhooks.WebhookFilter;

/** Writes, and tells a receiver of what it writes, until it is killed. */
final class RestlessTeller {

    private RestlessTeller() {}

    public static void main(String[] arguments) {
        Clock clock = Clock.systemUTC();
        LedgerNode node = LedgerNode.open(new Location(Path.of(arguments[0]), null), clock);
        if (node.webhooks().all().isEmpty()) {
            node.webhooks()
                    .add(
                            URI.create(arguments[1]),
                            WebhookFilter.ANY,
                            -1,
                            null,
                            Drafts.ADA,
                            clock.instant());
        }
        new Deliverer(
                        node.deliveries(),
                        node.entries(),
                        node.readModels(),
                        new HttpSender(
                                Receiver.ALLOWED,
                                Names.ofThisMachine(Duration.ofSeconds(5)),
                                Duration.ofSeconds(20),
                                clock,
                                null),
                        new WebhookBodies(),
                        RetrySchedule.OF_A_DAY,
                        clock)
                .start();
        String agreement = "life-" + (node.log().newest() + 1);
        node.ledger().record(Drafts.opening(agreement));
        for (int i = 1; ; i++) {
            node.ledger().record(Drafts.announcement(agreement, "Number " + i));
        }
    }
}
