package org.agreementledger.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.api.Chromium;
import org.agreementledger.api.Doors;
import org.agreementledger.api.dashboard.ExampleDoors;
import org.agreementledger.api.dashboard.HardAgreements;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Submission;
import org.agreementledger.node.LedgerNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agreement page, server and browser on one machine: {@code ./mvnw verify -Pbenchmark
 * -Dtest=AgreementPageBenchmark -Dsurefire.failIfNoSpecifiedTests=false}. It prints a table and
 * asserts nothing about time.
 */
@Tag("benchmark")
class AgreementPageBenchmark {

    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 200);
    private static final int OPENINGS = 20;
    private static final int STEPS = 100;

    /**
     * Presses a key again and again. A step is over when the terms shown are those of the handle's
     * day, and a frame was drawn.
     */
    private static final String STEPPING =
            """
            async ({key, ctrlKey, steps}) => {
              const handle = document.getElementById('handle');
              const state = document.getElementById('state');
              const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
              const taken = [];
              for (let i = 0; i < steps; i++) {
                const start = performance.now();
                const before = handle.getAttribute('aria-valuenow');
                handle.dispatchEvent(new KeyboardEvent('keydown', {key, ctrlKey, cancelable: true}));
                while (state.getAttribute('aria-busy') === 'true') {
                  await frame();
                }
                await frame();
                if (handle.getAttribute('aria-valuenow') !== before) {
                  taken.push(performance.now() - start);
                }
              }
              return taken;
            }
            """;

    @RegisterExtension private final Chromium chromium = new Chromium();
    private final List<String> report = new ArrayList<>();

    @Test
    void pages_and_steps(@TempDir Path folder) throws Exception {
        LedgerNode node = LedgerNode.open(new LedgerNode.Location(folder, null), Clock.systemUTC());
        Doors doors = Doors.to(node);
        try (var _ = doors.server()) {
            ExampleDoors.play(node);
            record(node, HardAgreements.large("large", 2_000, 200));
            served(doors);
            shown(doors);
        } finally {
            Path table = Path.of("target/benchmark/agreement-page.md").toAbsolutePath();
            Files.createDirectories(table.getParent());
            Files.write(table, report);
            System.out.println("Written to " + table);
        }
    }

    private static void record(LedgerNode node, List<Entry> entries) {
        var receipts =
                node.ledger()
                        .recordAll(
                                entries.stream()
                                        .map(entry ->
                                                new Submission(
                                                        new RecordEntry(entry, null),
                                                        Actor.local("bench"),
                                                        null))
                                        .toList());
        assertThat(node.readModels().await(receipts, Duration.ofMinutes(2))).isTrue();
    }

    private static List<String> agreements() {
        return List.of(ExampleDoors.ID, "large");
    }

    // ---- what the server does

    private void served(Doors doors) {
        LoopbackClient client = new LoopbackClient(doors.server().address());
        say("| answer | agreement | KB | median ms | p99 ms |");
        say("|---|---|---|---|---|");
        for (String path :
                List.of(
                        "",
                        "/terms?validOn=2025-11-01",
                        "/timeline",
                        "/timeline.svg",
                        "/constancy?from=2025-10-28&to=2026-04-27")) {
            for (String id : agreements()) {
                Sample taken = new Sample(ROUNDS);
                long bytes = 0;
                for (int i = -ROUNDS / 2; i < ROUNDS; i++) {
                    LoopbackClient.Answer answer =
                            client.get("/agreements/" + id + path, "text/html,image/svg+xml");
                    assertThat(answer.status()).as(path).isEqualTo(200);
                    bytes = answer.bytes();
                    if (i >= 0) {
                        taken.add(answer.nanoseconds());
                    }
                }
                say(
                        "| `/agreements/{id}%s` | %s | %,d | %.1f | %.1f |"
                                .formatted(
                                        path,
                                        id,
                                        bytes / 1_000,
                                        taken.milliseconds(0.5),
                                        taken.milliseconds(0.99)));
            }
        }
    }

    // ---- what the browser does

    private void shown(Doors doors) {
        say("");
        say("| in the browser | agreement | median ms | p99 ms | of |");
        say("|---|---|---|---|---|");
        for (String id : agreements()) {
            Page page = chromium.page();
            Sample ready = new Sample(OPENINGS);
            for (int i = -5; i < OPENINGS; i++) {
                page.navigate(Chromium.address(doors, "/agreements/" + id));
                page.waitForSelector("article.ready");
                double at =
                        ((Number)
                                        page.evaluate(
                                                "performance.getEntriesByName('handle-ready')[0].startTime"))
                                .doubleValue();
                if (i >= 0) {
                    ready.add((long) (at * 1e6));
                }
            }
            said("from opening until the handle reacts", id, ready, OPENINGS);
            steps(page, id, "a step of a day", "ArrowLeft", false, STEPS);
            steps(page, id, "a step to the change before", "ArrowLeft", true, STEPS);
            steps(page, id, "the same again, remembered", "ArrowRight", true, STEPS / 2);
            page.navigate("about:blank");
        }
    }

    private void steps(Page page, String id, String what, String key, boolean ctrl, int steps) {
        List<?> taken =
                (List<?>)
                        page.evaluate(
                                STEPPING, Map.of("key", key, "ctrlKey", ctrl, "steps", steps));
        Sample sample = new Sample(taken.size());
        taken.forEach(step -> sample.add((long) (((Number) step).doubleValue() * 1e6)));
        assertThat(taken).isNotEmpty();
        said(what, id, sample, taken.size());
    }

    private void said(String what, String id, Sample sample, int of) {
        say(
                "| %s | %s | %.1f | %.1f | %,d |"
                        .formatted(
                                what, id, sample.milliseconds(0.5), sample.milliseconds(0.99), of));
    }

    private void say(String line) {
        System.out.println(line);
        report.add(line);
    }
}
