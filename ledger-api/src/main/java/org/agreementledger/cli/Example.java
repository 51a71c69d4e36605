package org.agreementledger.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.api.documents.Documents;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.json.EntryJson;
import org.agreementledger.log.KnownAt;
import org.agreementledger.node.LedgerNode;

/** The shipped example: what is public about one agreement, and a short second script on top. */
final class Example {

    static final AgreementId AGREEMENT = new AgreementId("microsoft-openai");

    /** The day before the amendment, and its day. */
    static final String FROM = "2025-10-28";

    static final String BEFORE_AMENDMENT = "2026-04-26";
    static final String AMENDED = "2026-04-27";

    /** What the second script tells more of, and the position it starts at. */
    static final String CORRECTED = "investment.commitment";

    static final int LATER = 28;

    private static final String FIRST = "/example/microsoft-openai.yaml";
    private static final String SECOND = "/example/microsoft-openai-later.yaml";
    private static final String SECOND_STARTS = "2026-11-22-correction-of-10q";

    private static final Duration CLOCK_WAIT_MAX = Duration.ofSeconds(2);

    private final Terminal terminal;
    private final Actor actor;

    Example(Terminal terminal, Actor actor) {
        this.terminal = terminal;
        this.actor = actor;
    }

    /**
     * Plays what is not there yet, so that it can be repeated, and resumed where it was cut short.
     */
    void load(LedgerNode node) {
        if (node.ledger().history(AGREEMENT).size() == 0) {
            int entries = play(node, FIRST);
            terminal.say(
                    "Loaded the shipped example: " + entries + " entries about " + AGREEMENT + ".");
        }
        if (node.ledger().history(AGREEMENT).findRef(SECOND_STARTS).isEmpty()) {
            awaitAnotherInstant(node);
            int entries = play(node, SECOND);
            terminal.say(
                    "Played its second script: "
                            + entries
                            + " entries recorded later, a correction and a confirmation.");
        }
    }

    private int play(LedgerNode node, String script) {
        List<Submission> submissions =
                Documents.read(text(script)).stream()
                        .map(document -> EntryJson.submitted(document.tree(), null))
                        .map(entry -> new Submission(new RecordEntry(entry, null), actor, null))
                        .toList();
        node.start();
        List<Receipt> receipts = node.ledger().recordAll(submissions);
        ReadModelsFollow.await(node, receipts);
        return receipts.size();
    }

    private static String text(String resource) {
        try (InputStream in = Example.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Record time is in milliseconds: what is recorded within one cannot be told apart by an
     * instant.
     */
    private void awaitAnotherInstant(LedgerNode node) {
        Instant newest = node.readModels().resolve(new KnownAt.Now()).knownAt();
        long deadline = System.nanoTime() + CLOCK_WAIT_MAX.toNanos();
        while (!terminal.clock().instant().isAfter(newest.plusMillis(1))
                && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }
}
