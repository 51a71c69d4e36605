package org.agreementledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.axon.Receipt;
import org.agreementledger.log.EntryDigest;
import org.agreementledger.log.LogEntry;
import org.agreementledger.log.Logged;

/** What holds of every log at rest. */
public final class LogChecks {

    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private LogChecks() {}

    /** Waits until {@code count} events are in the log, and checks all of it and its tree. */
    public static List<Logged> awaitIntact(LedgerNode node, int count) throws InterruptedException {
        node.log().awaitBeyond(count - 2, PATIENCE);
        List<Logged> logged = all(node);
        assertThat(logged.size()).isEqualTo(count);
        assertIntact(logged);
        assertThat(logged.stream().map(l -> l.log().eventId()))
                .containsExactlyInAnyOrderElementsOf(storedEventIds(node));
        TreeChecks.assertIntact(node);
        return logged;
    }

    public static List<Logged> all(LedgerNode node) {
        List<Logged> all = new ArrayList<>();
        List<Logged> page;
        do {
            page = node.log().read(all.size() - 1, 500);
            all.addAll(page);
        } while (!page.isEmpty());
        return all;
    }

    public static List<String> storedEventIds(LedgerNode node) {
        return node.database()
                .jdbc()
                .sql("select event_identifier from domain_event_entry")
                .query(String.class)
                .list();
    }

    public static List<String> ids(List<Receipt> receipts) {
        return receipts.stream().map(Receipt::eventId).toList();
    }

    private static void assertIntact(List<Logged> logged) {
        Instant before = Instant.EPOCH;
        Map<AgreementId, Integer> sequences = new HashMap<>();
        for (int i = 0; i < logged.size(); i++) {
            LogEntry entry = logged.get(i).log();
            assertThat(entry.position()).isEqualTo(i);
            assertThat(entry.recordedAt()).isAfterOrEqualTo(before);
            assertThat(entry.sequence())
                    .as("sequence of %s", entry)
                    .isEqualTo(sequences.merge(entry.agreementId(), 1, Integer::sum))
                    .isEqualTo(logged.get(i).event().sequence());
            assertThat(entry.entryDigest())
                    .isEqualTo(EntryDigest.of(logged.get(i).event().entry(), entry.salt()));
            before = entry.recordedAt();
        }
    }
}
