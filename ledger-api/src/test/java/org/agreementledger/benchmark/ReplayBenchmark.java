package org.agreementledger.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.agreementledger.agreement.LargeLedger;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.TermsAnswer;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Folding a whole ledger from its first event, and building its read models again, beside a bare
 * {@code select} of the same events with their JSON parsed: {@code ./mvnw verify -Pbenchmark
 * -Dtest=ReplayBenchmark}. It prints a table and asserts nothing about time.
 */
@Tag("benchmark")
class ReplayBenchmark {

    private static final int ENTRIES = Integer.getInteger("benchmark.replay.entries", 100_000);
    private static final Path FOLDER =
            Path.of(System.getProperty("benchmark.data", "target/benchmark"), "ledger-" + ENTRIES);
    private static final int ROUNDS = Integer.getInteger("benchmark.replay.rounds", 2);
    private static final boolean REBUILD =
            Boolean.parseBoolean(System.getProperty("benchmark.rebuild", "true"));

    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void the_whole_history_beside_a_select_of_it() {
        LargeLedger large = LargeLedger.of(1, ENTRIES);
        try (LedgerNode node = LoadedLedger.open(FOLDER, large, ENTRIES);
                Report report = new Report("replay-" + ENTRIES)) {
            selected(node);
            double select = 0;
            double replay = 0;
            double rebuild = 0;
            for (int round = 0; round < ROUNDS; round++) {
                select += selected(node);
                replay += replayed(node, large);
                rebuild += REBUILD ? rebuilt(node) : 0;
            }
            double entries = (double) ENTRIES * ROUNDS;
            report.say(
                    "%,d entries about %,d agreements, H2, heap at most %,d MB"
                            .formatted(
                                    ENTRIES,
                                    large.agreements(),
                                    Runtime.getRuntime().maxMemory() >> 20));
            report.heading("of the select", "what", "entries/s");
            report.row(1.0, "bare select, JSON parsed", entries / select);
            report.row(select / replay, "replay: terms of all agreements folded", entries / replay);
            if (REBUILD) {
                report.row(select / rebuild, "rebuild of the read models", entries / rebuild);
            }
        }
    }

    private double selected(LedgerNode node) {
        long start = System.nanoTime();
        long[] sum = new long[2];
        node.database()
                .jdbc()
                .sql("select payload, meta_data from domain_event_entry order by global_index")
                .withFetchSize(1_000)
                .query(row -> {
                    JsonNode event = json.readTree(row.getString(1));
                    sum[0] += event.required("sequence").asInt();
                    sum[1]++;
                });
        assertThat(sum[1]).isEqualTo(ENTRIES);
        return since(start);
    }

    private static double replayed(LedgerNode node, LargeLedger large) {
        Moment now = node.readModels().resolve(new KnownAt.Now());
        LocalDate day = LargeLedger.FIRST_DAY.plusDays(LargeLedger.DAYS / 2);
        long start = System.nanoTime();
        List<TermsAnswer> answers = node.replay().terms(null, day, now, View.CONFIRMED, _ -> {});
        assertThat(answers).hasSize(large.agreements());
        return since(start);
    }

    private static double rebuilt(LedgerNode node) {
        long start = System.nanoTime();
        node.rebuilds().run(Runtime.getRuntime().availableProcessors(), _ -> {});
        assertThat(node.readModels().position()).isEqualTo(ENTRIES - 1L);
        return since(start);
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
