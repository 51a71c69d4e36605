package org.agreementledger.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.agreementledger.proof.Checkpoint;
import org.agreementledger.proof.SignedNote;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BundleTest {

    private static final TinyLedger LEDGER = TinyLedger.example();

    static Stream<Scope> scopes() {
        return Stream.of(
                TinyLedger.whole(),
                TinyLedger.of("lease"),
                TinyLedger.of("licence"),
                TinyLedger.withAllLeaves("lease"),
                TinyLedger.between("2026-03-01", "2026-04-01"));
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void what_is_written_fits(Scope scope) {
        assertThat(Checks.of(LEDGER.bundle(scope))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void equal_ledgers_give_equal_bundles(Scope scope) {
        assertThat(LEDGER.bundle(scope)).isEqualTo(TinyLedger.example().bundle(scope));
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void any_zip_reader_reads_it(Scope scope) throws IOException {
        List<String> files = new ArrayList<>();
        try (ZipInputStream zip =
                new ZipInputStream(new ByteArrayInputStream(LEDGER.bundle(scope)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                assertThat(zip.readAllBytes()).hasSize((int) entry.getSize());
                files.add(entry.getName());
            }
        }
        assertThat(files).isEqualTo(Part.of(scope).stream().map(Part::file).toList());
    }

    @Test
    void a_whole_ledger_holds_every_entry_and_claims_the_terms_of_every_agreement()
            throws IOException {
        byte[] bundle = LEDGER.bundle(TinyLedger.whole());
        BundleCheck check = new BundleCheck(Bundle.open(Bytes.of(bundle)));
        check.run();

        assertThat(check.events()).isEqualTo(7);
        assertThat(check.leaves()).isEqualTo(7);
        assertThat(check.agreements()).isEqualTo(2);
        assertThat(Forgery.of(bundle).text(Part.TERMS).lines())
                .hasSize(4)
                .first()
                .asString()
                .contains(
                        "\"agreementId\":\"lease\"",
                        "\"standing\":\"all\"",
                        "1,200 euros.",
                        "\"from\":\"2025-01-01\"",
                        "\"from\":\"2026-03-01\"",
                        "\"from\":\"2027-01-01\"");
    }

    @Test
    void one_agreement_with_all_leaves_holds_the_others_as_digests_only() throws IOException {
        byte[] bundle = LEDGER.bundle(TinyLedger.withAllLeaves("lease"));
        BundleCheck check = new BundleCheck(Bundle.open(Bytes.of(bundle)));
        check.run();

        assertThat(check.events()).isEqualTo(4);
        assertThat(check.leaves()).isEqualTo(7);
        assertThat(Forgery.of(bundle).text(Part.ENTRIES)).doesNotContain("\"licence\"");
    }

    @Test
    void each_scope_says_what_it_proves_and_what_not() {
        assertThat(TinyLedger.whole().limits())
                .anyMatch(limit -> limit.contains("nothing is left out"));
        assertThat(TinyLedger.withAllLeaves("lease").limits())
                .anyMatch(limit -> limit.contains("no entry of lease is left out"));
        assertThat(TinyLedger.of("lease").limits())
                .anyMatch(limit -> limit.contains("cannot prove that nothing is left out"));
        assertThat(TinyLedger.between("2026-03-01", "2026-04-01").limits())
                .anyMatch(limit -> limit.contains("cannot prove that nothing is left out"))
                .anyMatch(limit -> limit.contains("claims no terms"));
    }

    @Test
    void what_does_not_go_together_is_refused() {
        LocalDate day = LocalDate.parse("2026-01-01");
        assertThatThrownBy(() -> new Scope(null, day, null, true, null))
                .hasMessageContaining("a leaf does not tell when something occurred");
        assertThatThrownBy(() -> new Scope(null, null, null, false, day))
                .hasMessageContaining("a whole ledger has all its leaves");
        assertThatThrownBy(() -> new Scope(null, day, day.minusDays(1), false, null))
                .hasMessageContaining("no day lies from 2026-01-01 to 2025-12-31");
    }

    @Test
    void a_bundle_with_all_leaves_shows_that_the_ledger_grew_from_each_older_checkpoint()
            throws IOException {
        for (Scope scope : List.of(TinyLedger.whole(), TinyLedger.withAllLeaves("lease"))) {
            byte[] bundle = LEDGER.bundle(scope);
            for (int size = 0; size <= 7; size++) {
                new BundleCheck(Bundle.open(Bytes.of(bundle)))
                        .requireGrownFrom(LEDGER.signed(size))
                        .run();
            }
        }
    }

    @Test
    void a_rewritten_ledger_does_not_grow_from_the_older_checkpoint() throws IOException {
        TinyLedger other = new TinyLedger();
        other.record(TinyLedger.opening("licence"));
        other.record(TinyLedger.opening("lease"));
        BundleCheck check =
                new BundleCheck(Bundle.open(Bytes.of(LEDGER.bundle(TinyLedger.whole()))));

        assertThatThrownBy(() -> check.requireGrownFrom(other.signed(2)).run())
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("the first 2 leaves come to")
                .hasMessageContaining("rewritten");
    }

    @Test
    void a_ledger_that_was_rolled_back_is_told_by_its_size() throws IOException {
        TinyLedger grown = TinyLedger.example();
        grown.record(TinyLedger.announcement("lease", "2026-07-01"));
        BundleCheck check =
                new BundleCheck(Bundle.open(Bytes.of(LEDGER.bundle(TinyLedger.of("lease")))));

        assertThatThrownBy(() -> check.requireGrownFrom(grown.signed(8)))
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("it is of 7 leaves, and there had been 8 before");
    }

    @Test
    void a_bundle_of_some_leaves_says_that_it_does_not_show_growth() throws IOException {
        BundleCheck check =
                new BundleCheck(Bundle.open(Bytes.of(LEDGER.bundle(TinyLedger.of("lease")))));

        assertThatThrownBy(() -> check.requireGrownFrom(LEDGER.signed(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--all-leaves");
    }

    @Test
    void an_older_checkpoint_of_another_key_or_ledger_is_told() throws IOException {
        Bundle bundle = Bundle.open(Bytes.of(LEDGER.bundle(TinyLedger.whole())));
        SignedNote foreign = SignedNote.sign(LEDGER.checkpoint(3).text(), TinyLedger.anotherKey());
        SignedNote elsewhere =
                SignedNote.sign(
                        new Checkpoint("elsewhere", 3, LEDGER.checkpoint(3).root()).text(),
                        TinyLedger.KEY);

        assertThatThrownBy(() -> new BundleCheck(bundle).requireGrownFrom(foreign))
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("not signed with the key");
        assertThatThrownBy(() -> new BundleCheck(bundle).requireGrownFrom(elsewhere))
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("it is of elsewhere");
    }

    @Test
    void the_key_tells_where_it_is_from() throws IOException {
        Bundle bundle = Bundle.open(Bytes.of(LEDGER.bundle(TinyLedger.whole())));

        new BundleCheck(bundle).requireSignedBy(TinyLedger.KEY.verifier()).run();
        assertThatThrownBy(() ->
                        new BundleCheck(bundle).requireSignedBy(TinyLedger.anotherKey().verifier()))
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("not signed with the key ledger.example+");
    }
}
