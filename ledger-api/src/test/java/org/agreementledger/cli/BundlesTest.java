package org.agreementledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipFile;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The example in bundles: exported, checked, restored, imported. */
class BundlesTest {

    private static final String LEASE =
            """
            kind: opening
            agreementId: our-lease
            occurredOn: 2025-01-01
            title: Lease
            parties: [{id: landlord, name: Landlord Ltd}, {id: tenant, name: Tenant Ltd}]
            terms:
              - {action: introduce, key: rent.monthly, statement: "1,000 euros."}
            ---
            kind: amendment
            agreementId: our-lease
            occurredOn: 2026-03-01
            title: First amendment
            terms:
              - {action: change, key: rent.monthly, statement: "1,250 euros."}
            """;

    @TempDir static Path folder;

    private static Shell source;
    private static Path whole;
    private static Path one;
    private static Path checkpoint;
    private static String key;

    @BeforeAll
    static void the_bundles() throws IOException {
        source = new Shell(folder.resolve("source"));
        source.run("agreements", "--demo").isFine();
        checkpoint = folder.resolve("older.checkpoint");
        Path before = folder.resolve("before.zip");
        source.run("export", "--bundle", before.toString()).isFine();
        Files.writeString(checkpoint, part(before, "checkpoint.txt"));
        source.type(LEASE, "import", "-").isFine();
        whole = folder.resolve("whole.zip");
        source.run("export", "--bundle", whole.toString()).isFine();
        one = folder.resolve("one.zip");
        source.run("export", "--agreement", "our-lease", "--bundle", one.toString()).isFine();
        key = part(whole, "key.txt").strip();
    }

    private static String part(Path bundle, String name) throws IOException {
        try (var zip = new ZipFile(bundle.toFile());
                var in = zip.getInputStream(zip.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Shell.Output verify(Path bundle, String... more) {
        String[] line =
                Arrays.copyOf(
                        new String[] {"verify", "--bundle", bundle.toString()}, 3 + more.length);
        System.arraycopy(more, 0, line, 3, more.length);
        return new Shell(folder.resolve("nobody")).raw("", line);
    }

    private static Path broken(int at) throws IOException {
        byte[] bytes = Files.readAllBytes(whole);
        bytes[at] ^= 1;
        return Files.write(folder.resolve("broken.zip"), bytes);
    }

    // ---- verify

    @Test
    void without_a_key_it_says_that_it_checked_integrity_and_not_origin() {
        Shell.Output verified = verify(whole).isFine();
        assertThat(verified.out())
                .startsWith("INTACT — ")
                .contains("32 entries of 2 agreements, 32 leaves")
                .contains("the whole ledger", "nothing is left out")
                .contains("not checked: this was integrity only", "a forger can sign with a key")
                .contains("\n  " + key + "\n");
        assertThat(verified.err()).isEmpty();
        assertThat(folder.resolve("nobody")).doesNotExist();
    }

    @Test
    void with_the_key_or_a_file_that_holds_it_the_origin_is_checked() throws IOException {
        Path file = Files.writeString(folder.resolve("key.txt"), key + "\n");
        assertThat(verify(whole, "--key", key).isFine().out())
                .contains("checked: signed with the key that you gave")
                .doesNotContain("not checked");
        assertThat(verify(whole, "--key", file.toString()).isFine().out())
                .contains("checked: signed with the key that you gave");
    }

    @Test
    void with_another_key_it_is_not_the_ledgers() {
        Shell other = new Shell(folder.resolve("other"));
        other.type(LEASE, "import", "-").isFine();
        Path bundle = folder.resolve("other.zip");
        String otherKey =
                other.run("export", "--bundle", bundle.toString(), "--json")
                        .isFine()
                        .json()
                        .get("key")
                        .asString();

        Shell.Output verified = verify(whole, "--key", otherKey);
        assertThat(verified.exitCode()).isEqualTo(ExitCode.DIFFERENCE);
        assertThat(verified.out())
                .startsWith("BROKEN — ")
                .contains("checkpoint.txt: it is not signed with the key");
    }

    @ParameterizedTest
    @CsvSource({"0, the archive", "14, README.txt", "100000, entries"})
    void one_flipped_byte_is_named_with_the_place(int at, String where) throws IOException {
        Shell.Output verified = verify(broken(at));
        assertThat(verified.exitCode()).isEqualTo(ExitCode.DIFFERENCE);
        assertThat(verified.out()).startsWith("BROKEN — ").contains(where);
    }

    @Test
    void a_program_gets_the_same_as_json() throws IOException {
        JsonNode fine = verify(whole, "--json", "--key", key).isFine().json();
        assertThat(fine.get("ok").asBoolean()).isTrue();
        assertThat(fine.get("events").asInt()).isEqualTo(32);
        assertThat(fine.get("leaves").asInt()).isEqualTo(32);
        assertThat(fine.get("agreements").asInt()).isEqualTo(2);
        assertThat(fine.get("root").asString()).hasSize(64);
        assertThat(fine.get("originChecked").asBoolean()).isTrue();
        assertThat(fine.get("differences")).isEmpty();

        Shell.Output broken = verify(broken(100_000), "--json");
        assertThat(broken.exitCode()).isEqualTo(ExitCode.DIFFERENCE);
        assertThat(broken.json().get("ok").asBoolean()).isFalse();
        assertThat(broken.json().get("differences").get(0).get("where").asString())
                .startsWith("entries");
    }

    @Test
    void it_grew_from_a_checkpoint_kept_from_earlier() {
        verify(whole, "--against", checkpoint.toString()).isFine();
        Shell.Output some = verify(one, "--against", checkpoint.toString());
        some.refusedWith(ExitCode.USAGE, "has not the leaves of the whole ledger", "--all-leaves");
    }

    @Test
    void what_is_not_there_or_no_key_or_no_checkpoint_is_refused() throws IOException {
        verify(folder.resolve("none.zip")).refusedWith(ExitCode.USAGE, "There is no file");
        verify(folder).refusedWith(ExitCode.USAGE, "is a folder");
        verify(whole, "--key", "none.txt").refusedWith(ExitCode.USAGE, "no file none.txt");
        verify(whole, "--key", "a+b").refusedWith(ExitCode.USAGE, "is not a verifier key");
        verify(whole, "--against", whole.toString()).refusedWith(ExitCode.USAGE, "is not text");
        Path text = Files.writeString(folder.resolve("text"), "text\n");
        verify(whole, "--against", text.toString())
                .refusedWith(ExitCode.USAGE, "holds no checkpoint");
    }

    // ---- export

    @Test
    void a_bundle_says_what_it_cannot_prove_and_whose_key_it_takes() {
        Shell.Output exported =
                source.run(
                                "export",
                                "--agreement",
                                "our-lease",
                                "--from",
                                "2026-01-01",
                                "--bundle",
                                folder.resolve("part.zip").toString())
                        .isFine();
        assertThat(exported.out()).isEmpty();
        assertThat(exported.err())
                .contains("Wrote 1 entry", "the entries of our-lease that occurred from 2026-01-01")
                .contains("cannot prove that nothing is left out", "claims no terms", key);
        assertThat(verify(folder.resolve("part.zip")).isFine().out()).contains("claims no terms");
    }

    @Test
    void the_same_ledger_gives_the_same_file() throws IOException {
        Path again = folder.resolve("again.zip");
        source.run("export", "--bundle", again.toString()).isFine();
        assertThat(again).hasSameBinaryContentAs(whole);
    }

    @Test
    void what_does_not_go_together_is_refused_and_nothing_is_written() {
        Path file = folder.resolve("never.zip");
        String to = file.toString();
        source.run("export", "--bundle", to, "--format", "json")
                .refusedWith(ExitCode.USAGE, "leave out --out and --format");
        source.run("export", "--from", "2026-01-01").refusedWith(ExitCode.USAGE, "--bundle=FILE");
        source.run("export", "--bundle", to, "--all-leaves", "--from", "2026-01-01")
                .refusedWith(ExitCode.USAGE, "a leaf does not tell when something occurred");
        source.run("export", "--bundle", to, "--from", "2026-02-01", "--to", "2026-01-01")
                .refusedWith(ExitCode.USAGE, "no day lies from 2026-02-01 to 2026-01-01");
        source.run("export", "--bundle", to, "--from", "2026-02-01", "--valid-on", "2026-02-01")
                .refusedWith(ExitCode.USAGE, "no whole history");
        source.run("export", "--bundle", to, "--agreement", "none")
                .refusedWith(ExitCode.USAGE, "There is no agreement none");
        source.run("export", "--bundle", to, "--to", "1990-01-01")
                .refusedWith(ExitCode.USAGE, "no entry to put into the bundle");
        source.run("export", "--bundle", folder.resolve("no/such/a.zip").toString())
                .refusedWith(ExitCode.CANNOT_RUN, "Cannot write");
        assertThat(file).doesNotExist();
    }

    // ---- restore

    @Test
    void a_ledger_comes_back_and_answers_the_same() {
        Shell restored = new Shell(folder.resolve("restored"));
        Shell.Output output = restored.run("restore", whole.toString(), "--key", key).isFine();
        assertThat(output.out())
                .startsWith("Restored 32 entries of agreement-ledger/")
                .contains("signs under a name and with a key of its own");
        for (String question : new String[] {"entries", "agreements", "terms our-lease"}) {
            assertThat(restored.run((question + " --json").split(" ")).isFine().json())
                    .as(question)
                    .isEqualTo(source.run((question + " --json").split(" ")).json());
        }
        assertThat(restored.run("replay", "--check").isFine().out()).startsWith("EQUAL");
        assertThat(restored.run("verify").isFine().out()).isNotEmpty();

        restored.run("restore", whole.toString(), "--without-key")
                .refusedWith(ExitCode.USAGE, "not empty; it was left as it is");
        restored.type(LEASE.replace("our-lease", "another"), "import", "-").isFine();
    }

    @Test
    void with_the_old_key_it_goes_on_also_on_postgresql() {
        Location postgresql = TestDatabase.POSTGRESQL.untouched(folder);
        Shell restored = new Shell(postgresql.data());
        String logKey = folder.resolve("source").resolve("log-key.pem").toString();

        JsonNode output =
                restored.run(
                                "restore",
                                whole.toString(),
                                "--without-key",
                                "--log-key",
                                logKey,
                                "--database",
                                postgresql.url(),
                                "--json")
                        .isFine()
                        .json();
        assertThat(output.get("key").asString()).isEqualTo(key);
        assertThat(output.get("from").asString()).isEqualTo(key);
        assertThat(output.get("originChecked").asBoolean()).isFalse();
    }

    @Test
    void what_cannot_be_restored_is_refused_and_leaves_nothing() throws IOException {
        Shell nobody = new Shell(folder.resolve("never"));
        nobody.run("restore", whole.toString())
                .refusedWith(ExitCode.USAGE, "--key KEY", "--without-key");
        nobody.run("restore", whole.toString(), "--without-key", "--key", key)
                .refusedWith(ExitCode.USAGE, "--key KEY", "--without-key");
        nobody.run("restore", one.toString(), "--without-key")
                .refusedWith(
                        ExitCode.USAGE,
                        "holds every entry of our-lease; only one of a whole ledger");
        nobody.run("restore", broken(100_000).toString(), "--without-key")
                .refusedWith(ExitCode.USAGE, "does not fit together, so nothing was taken from it");
        nobody.run("restore", "none.zip", "--without-key")
                .refusedWith(ExitCode.USAGE, "There is no file none.zip");
        nobody.run("restore", whole.toString(), "--without-key", "--demo")
                .refusedWith(ExitCode.USAGE, "The demo has its example");
        assertThat(folder.resolve("never")).doesNotExist();
    }

    // ---- import

    @Test
    void entries_of_another_ledger_are_recorded_now_and_say_where_they_were() throws IOException {
        Shell other = new Shell(folder.resolve("importing"));
        assertThat(other.run("import", one.toString(), "--key", key).isFine().out())
                .startsWith("Recorded 2 entries");

        JsonNode entry = other.run("entries", "--json").isFine().json().get("items").get(1);
        JsonNode there = source.run("entries", "--json").json().get("items").get(31);
        JsonNode from = entry.get("importedFrom");
        assertThat(from.get("origin").asString()).isEqualTo(key.substring(0, key.indexOf('+')));
        assertThat(from.get("position").asInt()).isEqualTo(31);
        assertThat(from.get("recordedAt")).isEqualTo(there.get("recordedAt"));
        assertThat(from.get("leafHash").asString()).hasSize(64);
        assertThat(entry.get("position").asInt()).isEqualTo(1);
        assertThat(entry.get("recordedAt")).isNotEqualTo(there.get("recordedAt"));
        assertThat(entry.get("entry")).isEqualTo(there.get("entry"));
        assertThat(there.has("importedFrom")).isFalse();

        Path again = folder.resolve("imported.zip");
        other.run("export", "--bundle", again.toString()).isFine();
        assertThat(part(again, "leaves.ndjson")).contains("\"importedFrom\":{\"leafHash\":");
        verify(again).isFine();

        other.run("import", one.toString(), "--key", key)
                .refusedWith(ExitCode.USAGE, "one.zip, entry 1 of it", "our-lease");
    }

    @Test
    void a_bundle_is_imported_only_from_somebody_who_is_trusted() throws IOException {
        Shell other = new Shell(folder.resolve("distrusting"));
        other.run("import", one.toString()).refusedWith(ExitCode.USAGE, "--key KEY");
        other.run("import", broken(100_000).toString(), "--without-key")
                .refusedWith(ExitCode.USAGE, "does not fit together");
        other.type(LEASE, "import", "-", "--without-key")
                .refusedWith(ExitCode.USAGE, "are for bundles; there is none");
        assertThat(folder.resolve("distrusting")).doesNotExist();
    }
}
