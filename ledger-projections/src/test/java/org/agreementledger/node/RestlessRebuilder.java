package org.agreementledger.node;

import java.nio.file.Path;
import java.time.Clock;

/** Builds the read models again and again while it writes, until it is killed. */
final class RestlessRebuilder {

    private RestlessRebuilder() {}

    public static void main(String[] arguments) {
        LedgerNode node =
                LedgerNode.open(
                        new LedgerNode.Location(Path.of(arguments[0]), null), Clock.systemUTC());
        String agreementId = "life-" + arguments[1];
        node.ledger().record(Drafts.opening(agreementId));
        Thread.ofPlatform()
                .start(() -> {
                    while (true) {
                        say(
                                "stored "
                                        + node.ledger()
                                                .record(Drafts.announcement(agreementId, "More"))
                                                .eventId());
                    }
                });
        while (true) {
            node.rebuilds().run(2, status -> say("at " + status.state()));
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
