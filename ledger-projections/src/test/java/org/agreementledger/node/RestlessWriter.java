package org.agreementledger.node;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.agreementledger.axon.Receipt;
import org.agreementledger.log.LogEntry;

/**
 * Writes as fast as it can until it is killed. Says on standard output which events were
 * acknowledged, and which positions it has seen. A third argument: without fsync.
 */
final class RestlessWriter {

    private static final int WRITERS = 4;

    private RestlessWriter() {}

    public static void main(String[] arguments) throws InterruptedException {
        LedgerNode node =
                LedgerNode.open(
                        new LedgerNode.Location(Path.of(arguments[0]), null),
                        Clock.systemUTC(),
                        Signing.BESIDE_DATA,
                        arguments.length < 3);
        String life = arguments[1];
        for (int i = 0; i < WRITERS; i++) {
            String agreementId = "life-" + life + "-" + i;
            Thread.ofPlatform().start(() -> write(node, agreementId));
        }
        long seen = -1;
        while (true) {
            node.log().awaitBeyond(seen, Duration.ofSeconds(1));
            List<LogEntry> entries = node.log().after(seen, 1000);
            for (LogEntry entry : entries) {
                seen = entry.position();
                say("seen " + seen + " " + entry.eventId() + " " + entry.entryDigest());
            }
        }
    }

    private static void write(LedgerNode node, String agreementId) {
        say(node.ledger().record(Drafts.opening(agreementId)));
        for (int i = 1; ; i++) {
            if (i % 10 == 0) {
                node.ledger()
                        .recordAll(
                                List.of(
                                        Drafts.announcement(agreementId, "One of a pair"),
                                        Drafts.announcement(agreementId, "The other")))
                        .forEach(RestlessWriter::say);
            } else {
                say(node.ledger().record(Drafts.announcement(agreementId, "Number " + i)));
            }
        }
    }

    private static void say(Receipt receipt) {
        say("stored " + receipt.eventId());
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
