package org.agreementledger.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The README of a bundle, followed by hand with sh, sha256sum and openssl. */
class HandbookTest {

    private static final TinyLedger LEDGER = TinyLedger.example();

    @TempDir Path folder;

    private record Run(int exitCode, String output) {}

    @BeforeAll
    static void the_tools_are_there() throws Exception {
        String tools = "openssl version && sha256sum --version && sh -c true";
        Run run = run(Path.of("."), tools);
        assumeTrue(
                run.exitCode() == 0 && run.output().contains("OpenSSL 3"),
                "NOT TESTED: the README by hand needs sh, sha256sum and openssl 3 (apt-get install openssl): "
                        + run.output());
    }

    static Stream<Scope> scopes() {
        return BundleTest.scopes();
    }

    private void unpack(byte[] bundle) throws IOException {
        Forgery files = Forgery.of(bundle);
        for (Part part : Part.values()) {
            if (files.bytes(part) != null) {
                Files.write(folder.resolve(part.file()), files.bytes(part));
            }
        }
    }

    /** What a person would paste: the indented lines. */
    private String commands() throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("README.txt"))) {
            return lines.filter(line -> line.startsWith("    "))
                    .map(line -> line.substring(4))
                    .collect(Collectors.joining("\n"));
        }
    }

    private static Run run(Path folder, String commands) throws Exception {
        Process process =
                new ProcessBuilder("sh", "-eu", "-c", commands)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), output);
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void its_commands_find_that_all_of_it_fits(Scope scope) throws Exception {
        unpack(LEDGER.bundle(scope));

        Run run = run(folder, commands());

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output())
                .contains("README.txt: OK", "Signature Verified Successfully", "work/entry.1: OK")
                .contains(
                        scope.allLeaves()
                                ? "The root of 7 leaves is " + LEDGER.checkpoint(7).root().base64()
                                : "is in the tree");
        if (scope.claimsTerms()) {
            assertThat(run.output()).contains("work/terms.1: OK");
        }
    }

    @Test
    void the_script_does_the_same() throws Exception {
        unpack(LEDGER.bundle(TinyLedger.of("lease")));

        Run run = run(Path.of("."), "sh '" + folder.resolve("check.sh") + "'");

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).endsWith("All of it fits.\n");
    }

    @ParameterizedTest
    @EnumSource(
            value = Part.class,
            names = {"PROOFS", "SUMS"},
            mode = EnumSource.Mode.EXCLUDE)
    void a_changed_file_is_found_out_by_its_sum(Part part) throws Exception {
        unpack(LEDGER.bundle(TinyLedger.whole()));
        String commands = commands();
        byte[] changed = Files.readAllBytes(folder.resolve(part.file()));
        changed[changed.length / 2] ^= 1;
        Files.write(folder.resolve(part.file()), changed);

        Run run = run(folder, commands);

        assertThat(run.exitCode()).as(run.output()).isNotZero();
        assertThat(run.output()).contains(part.file() + ": FAILED");
    }

    private Run forged(Forgery forgery) throws Exception {
        unpack(forgery.bundle());
        return run(folder, commands());
    }

    @Test
    void an_edited_entry_is_found_out_by_the_digest_in_its_leaf() throws Exception {
        Run run =
                forged(
                        Forgery.of(LEDGER.bundle(TinyLedger.whole()))
                                .replace(Part.ENTRIES, "1,250 euros.", "1,950 euros."));

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.output()).contains("work/entry.3: FAILED");
    }

    @Test
    void an_edited_leaf_is_found_out_by_the_root() throws Exception {
        Run run =
                forged(
                        Forgery.of(LEDGER.bundle(TinyLedger.whole()))
                                .replace(Part.LEAVES, "10:00:02", "10:00:03"));

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.output()).contains("The checkpoint has another root");
    }

    @Test
    void an_edited_leaf_is_found_out_by_its_proof() throws Exception {
        Run run =
                forged(
                        Forgery.of(LEDGER.bundle(TinyLedger.of("lease")))
                                .replace(Part.LEAVES, "10:00:02", "10:00:03"));

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.output()).contains("Leaf 2 is not in the tree");
    }

    @Test
    void a_missing_entry_is_found_out_by_the_number_of_leaves() throws Exception {
        Run run =
                forged(
                        Forgery.of(LEDGER.bundle(TinyLedger.whole()))
                                .lines(Part.ENTRIES, lines -> lines.removeLast()));

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.output()).contains("work/entry.7: FAILED");
    }

    @Test
    void another_checkpoint_is_found_out_by_the_signature() throws Exception {
        String other = LEDGER.checkpoint(6).root().base64();
        Run run =
                forged(
                        Forgery.of(LEDGER.bundle(TinyLedger.whole()))
                                .replace(
                                        Part.CHECKPOINT,
                                        LEDGER.checkpoint(7).root().base64(),
                                        other)
                                .replace(Part.BODY, LEDGER.checkpoint(7).root().base64(), other));

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.output()).contains("Signature Verification Failure");
    }

    @Test
    void other_terms_than_were_fingerprinted_are_found_out() throws Exception {
        Run run =
                forged(
                        Forgery.of(LEDGER.bundle(TinyLedger.of("lease")))
                                .replace(Part.TERMS, "1,200 euros.", "1,900 euros."));

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.output()).contains("work/terms.1: FAILED");
    }
}
