package org.agreementledger.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every single-byte change of a small bundle is found out. */
class MutationSweepTest {

    private static final TinyLedger LEDGER = ledger();

    private static TinyLedger ledger() {
        TinyLedger ledger = new TinyLedger();
        ledger.record(TinyLedger.opening("lease"));
        ledger.record(TinyLedger.opening("licence"));
        ledger.record(TinyLedger.announcement("lease", "2026-04-01"));
        return ledger;
    }

    static List<Scope> scopes() {
        return List.of(TinyLedger.whole(), TinyLedger.of("lease"));
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void every_byte_changed(Scope scope) {
        assertThat(survivors(LEDGER.bundle(scope), at -> 1 << at % 8)).isEmpty();
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("scopes")
    void every_byte_turned_into_every_other(Scope scope) {
        byte[] bundle = LEDGER.bundle(scope);
        for (int change = 1; change < 256; change++) {
            int mask = change;
            assertThat(survivors(bundle, _ -> mask)).as("changed by %d", change).isEmpty();
        }
    }

    private static List<Integer> survivors(byte[] bundle, IntUnaryOperator mask) {
        List<Integer> survivors = new ArrayList<>();
        for (int at = 0; at < bundle.length; at++) {
            bundle[at] ^= (byte) mask.applyAsInt(at);
            if (Checks.of(bundle).isEmpty()) {
                survivors.add(at);
            }
            bundle[at] ^= (byte) mask.applyAsInt(at);
        }
        return survivors;
    }

    /** The forger knows the format: no sum gives it away, only what the files say. */
    @ParameterizedTest
    @MethodSource("scopes")
    void bytes_of_every_file_changed_and_all_sums_put_right(Scope scope) {
        assertThat(survivorsOfForgery(scope, 11, at -> 1 << at % 8)).isEmpty();
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("scopes")
    void every_bit_of_every_file_changed_and_all_sums_put_right(Scope scope) {
        for (int bit = 0; bit < 8; bit++) {
            int mask = 1 << bit;
            assertThat(survivorsOfForgery(scope, 1, _ -> mask)).as("bit %d", bit).isEmpty();
        }
    }

    private static List<String> survivorsOfForgery(Scope scope, int step, IntUnaryOperator mask) {
        Forgery forgery = Forgery.of(LEDGER.bundle(scope));
        List<String> survivors = new ArrayList<>();
        for (Part part : Part.of(scope)) {
            byte[] bytes = forgery.bytes(part);
            for (int at = 0; part != Part.SUMS && at < bytes.length; at += step) {
                bytes[at] ^= (byte) mask.applyAsInt(at);
                if (Checks.of(forgery.bundle()).isEmpty()) {
                    survivors.add(part.file() + " byte " + at);
                }
                bytes[at] ^= (byte) mask.applyAsInt(at);
            }
        }
        return survivors;
    }
}
