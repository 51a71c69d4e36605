package org.agreementledger.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;
import org.agreementledger.agreement.RandomLedger;
import org.agreementledger.proof.Digest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How fast a bundle is written and checked, beside SHA-256 over its bytes alone. */
@Tag("benchmark")
class BundleBenchmark {

    private static final int ENTRIES =
            Math.min(50_000, Integer.getInteger("benchmark.entries", 50_000));
    private static final int ROUNDS = 3;

    private interface Work {
        void run() throws IOException;
    }

    @Test
    void a_whole_ledger_is_written_and_checked() throws IOException {
        TinyLedger ledger = new TinyLedger();
        RandomLedger.ofCount(1, ENTRIES).forEach(ledger::record);
        byte[] bundle = ledger.bundle(TinyLedger.whole());
        say("written", bundle, () -> ledger.bundle(TinyLedger.whole()));
        say("checked", bundle, () -> assertThat(Checks.of(bundle)).isEmpty());
        say("SHA-256", bundle, () -> Digest.sha256Hex(bundle));
    }

    private static void say(String what, byte[] bundle, Work work) throws IOException {
        long best = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            work.run();
            best = Math.min(best, System.nanoTime() - start);
        }
        System.out.printf(
                Locale.ROOT,
                "bundle of %,d entries, %,d MB, %s: %,.0f entries/s%n",
                ENTRIES,
                bundle.length / 1_000_000,
                what,
                ENTRIES * 1e9 / best);
    }
}
