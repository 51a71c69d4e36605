package org.agreementledger.api.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.api.Doors;
import org.agreementledger.api.documents.Documents;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.json.EntryJson;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.springframework.util.FileSystemUtils;

/** A ledger that holds the shipped example and nothing else, shared by the tests of the pages. */
public final class ExampleDoors {

    public static final String ID = "microsoft-openai";
    static final String PAGE = "/agreements/" + ID;

    private static final Doors DOORS = open();

    private ExampleDoors() {}

    static Doors shared() {
        return DOORS;
    }

    private static Doors open() {
        try {
            Path folder = Files.createTempDirectory("ledger-example");
            LedgerNode node = LedgerNode.open(TestDatabase.freshIn(folder), Clock.systemUTC());
            play(node);
            Doors doors = Doors.to(node);
            Runtime.getRuntime()
                    .addShutdownHook(
                            new Thread(() -> {
                                doors.server().close();
                                FileSystemUtils.deleteRecursively(folder.toFile());
                            }));
            return doors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Both scripts, one after the other. */
    public static void play(LedgerNode node) throws IOException {
        play(node, "/example/microsoft-openai.yaml");
        play(node, "/example/microsoft-openai-later.yaml");
    }

    private static void play(LedgerNode node, String script) throws IOException {
        try (InputStream in = ExampleDoors.class.getResourceAsStream(script)) {
            List<Submission> entries =
                    Documents.read(new String(in.readAllBytes(), StandardCharsets.UTF_8)).stream()
                            .map(document -> EntryJson.submitted(document.tree(), null))
                            .map(entry ->
                                    new Submission(
                                            new RecordEntry(entry, null), Actor.local("ada"), null))
                            .toList();
            List<Receipt> receipts = node.ledger().recordAll(entries);
            if (!node.readModels().await(receipts, Duration.ofSeconds(30))) {
                throw new IllegalStateException("the read models do not follow");
            }
        }
    }
}
