package org.agreementledger.restore;

import static org.agreementledger.audit.BundledLedger.ALL;
import static org.agreementledger.audit.BundledLedger.bundle;
import static org.agreementledger.audit.BundledLedger.checked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.audit.BundledLedger;
import org.agreementledger.audit.Selection;
import org.agreementledger.axon.ImportedFrom;
import org.agreementledger.axon.Submission;
import org.agreementledger.bundle.Bundle;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.log.EntryDigest;
import org.agreementledger.log.Log;
import org.agreementledger.log.LogEntry;
import org.agreementledger.node.Drafts;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.Restore;
import org.agreementledger.node.Signing;
import org.agreementledger.node.TestDatabase;
import org.agreementledger.readmodels.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class RestoreTest {

    private static final int MORE_THAN_A_BATCH = 200;

    private static final ImportedFrom ELSEWHERE =
            new ImportedFrom(
                    "ab".repeat(32), "elsewhere", 17, Instant.parse("2025-05-05T05:05:05.050Z"));

    @TempDir static Path folder;

    private static LedgerNode source;
    private static byte[] whole;

    @BeforeAll
    static void a_ledger_and_its_bundle() {
        source = BundledLedger.random(TestDatabase.H2, folder, 21);
        List<Submission> more = new ArrayList<>();
        more.add(new Submission(Drafts.opening("imported").command(), Drafts.ADA, null, ELSEWHERE));
        for (int i = 0; i < MORE_THAN_A_BATCH; i++) {
            more.add(Drafts.announcement("imported", "Number " + i));
        }
        BundledLedger.record(source, more);
        whole = bundle(source, ALL, folder);
    }

    @AfterAll
    static void close() {
        source.close();
    }

    private static LedgerNode restored(Bundle bundle, Location location, Signing signing)
            throws IOException {
        Restore restore = new Restore(bundle, location, Clock.systemUTC(), signing);
        restore.run(_ -> {});
        return restore.open();
    }

    private static List<EntryAnswer> answers(LedgerNode node) throws Exception {
        long newest = node.log().newest();
        assertThat(node.readModels().awaitPosition(newest, Duration.ofSeconds(60))).isTrue();
        return LongStream.rangeClosed(0, newest)
                .mapToObj(position -> node.entries().at(position).orElseThrow())
                .toList();
    }

    private static List<String> leaves(LedgerNode node) {
        return node.tree().storedLeaves(0, 10_000).stream().map(leaf -> leaf.text()).toList();
    }

    @ParameterizedTest
    @EnumSource
    void every_leaf_position_record_time_salt_and_the_root_come_back(TestDatabase database)
            throws Exception {
        Bundle bundle = checked(whole);
        try (LedgerNode node = restored(bundle, database.untouched(folder), Signing.BESIDE_DATA)) {
            Log log = node.log();
            assertThat(log.read(-1, 10_000)).isEqualTo(source.log().read(-1, 10_000));
            assertThat(leaves(node)).isEqualTo(leaves(source));
            assertThat(node.tree().root(node.tree().size())).isEqualTo(bundle.checkpoint().root());
            assertThat(answers(node)).isEqualTo(answers(source));
            assertThat(
                            node.replay()
                                    .check(
                                            null,
                                            node.readModels()
                                                    .resolve(
                                                            new org.agreementledger.log.KnownAt
                                                                    .Now()),
                                            _ -> {})
                                    .differences())
                    .isEmpty();
            assertThat(node.tree().key()).isPresent().isNotEqualTo(source.tree().key());

            assertThat(bundle(node, ALL, folder)).isNotEqualTo(bundle(source, ALL, folder));
            checked(bundle(node, ALL, folder));
        }
    }

    @ParameterizedTest
    @EnumSource
    void with_its_key_the_log_goes_on_under_its_name(TestDatabase database) throws Exception {
        Location there = TestDatabase.H2.fresh(folder);
        try (LedgerNode source = LedgerNode.open(there, Clock.systemUTC())) {
            BundledLedger.record(
                    source, List.of(Drafts.opening("alpha"), Drafts.announcement("alpha", "News")));
            byte[] bytes = bundle(source, ALL, folder);
            Signing same = new Signing(there.data().resolve("log-key.pem"), null);
            Location location = database.untouched(folder);
            try (LedgerNode node = restored(checked(bytes), location, same)) {
                assertThat(node.tree().key()).isEqualTo(source.tree().key());
                assertThat(bundle(node, ALL, folder)).isEqualTo(bytes);

                BundledLedger.record(node, List.of(Drafts.announcement("alpha", "More")));
                LogEntry next = node.log().at(2).orElseThrow();
                assertThat(next.sequence()).isEqualTo(3);
                assertThat(next.agreementId()).isEqualTo(new AgreementId("alpha"));
                checked(bundle(node, ALL, folder));
            }
            assertThatThrownBy(() -> LedgerNode.open(location, Clock.systemUTC()))
                    .hasMessageContaining("its log is signed with the key");
            try (LedgerNode node = LedgerNode.open(location, Clock.systemUTC(), same)) {
                assertThat(node.tree().size()).isEqualTo(3);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_next_entry_continues_and_the_sequencer_does_not_begin_anew(TestDatabase database)
            throws Exception {
        long size = source.log().newest() + 1;
        Bundle bundle = checked(whole);
        Location location = database.untouched(folder);
        restored(bundle, location, Signing.BESIDE_DATA).close();
        try (LedgerNode node = LedgerNode.open(location, Clock.systemUTC())) {
            BundledLedger.record(
                    node, List.of(Drafts.announcement("imported", "After the restore")));

            LogEntry next = node.log().at(size).orElseThrow();
            assertThat(next.sequence()).isEqualTo(MORE_THAN_A_BATCH + 2);
            assertThat(next.recordedAt())
                    .isAfterOrEqualTo(node.log().at(size - 1).orElseThrow().recordedAt());
            assertThat(node.tree().size()).isEqualTo(size + 1);
            assertThat(
                            node.database()
                                    .jdbc()
                                    .sql("select token from token_entry")
                                    .query(String.class)
                                    .single())
                    .contains("\"index\":" + (size + 1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_ledger_that_was_opened_but_holds_nothing_can_be_restored_into(TestDatabase database)
            throws Exception {
        Bundle bundle = checked(whole);
        Location location = database.fresh(folder);
        LedgerNode.open(location, Clock.systemUTC()).close();
        try (LedgerNode node = restored(bundle, location, Signing.BESIDE_DATA)) {
            assertThat(leaves(node)).isEqualTo(leaves(source));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_ledger_that_is_not_empty_is_refused_and_untouched(TestDatabase database)
            throws Exception {
        Bundle bundle = checked(whole);
        Location location = database.fresh(folder);
        try (LedgerNode other = LedgerNode.open(location, Clock.systemUTC())) {
            BundledLedger.record(other, List.of(Drafts.opening("mine")));
        }
        assertThatThrownBy(() -> restored(bundle, location, Signing.BESIDE_DATA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not empty; it was left as it is");
        try (LedgerNode other = LedgerNode.open(location, Clock.systemUTC())) {
            assertThat(other.log().newest()).isZero();
            assertThat(other.log().at(0).orElseThrow().agreementId().value()).isEqualTo("mine");
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_cut_short_leaves_an_empty_ledger_and_can_be_repeated(TestDatabase database)
            throws Exception {
        byte[] bytes = whole;
        Location location = database.untouched(folder);
        Restore restore =
                new Restore(checked(bytes), location, Clock.systemUTC(), Signing.BESIDE_DATA);

        assertThatThrownBy(() ->
                        restore.run(done -> {
                            if (done > MORE_THAN_A_BATCH) {
                                throw new IllegalStateException("cut short");
                            }
                        }))
                .hasMessage("cut short");
        if (database == TestDatabase.H2) {
            assertThat(location.data()).doesNotExist();
        }
        try (LedgerNode node = restored(checked(bytes), location, Signing.BESIDE_DATA)) {
            assertThat(leaves(node)).isEqualTo(leaves(source));
        }
    }

    /** The file as it lies there in the middle is what a killed process would leave. */
    @Test
    void what_is_killed_leaves_an_empty_ledger_and_can_be_repeated() throws Exception {
        Location killed = TestDatabase.H2.untouched(folder);
        Location location = TestDatabase.H2.untouched(folder);
        new Restore(checked(whole), location, Clock.systemUTC(), Signing.BESIDE_DATA)
                .run(done -> {
                    if (done == MORE_THAN_A_BATCH + 1) {
                        copyDatabase(location, killed);
                    }
                });

        try (LedgerNode node = LedgerNode.open(killed, Clock.systemUTC())) {
            assertThat(node.log().newest()).isEqualTo(-1);
            assertThat(node.entries().at(0)).isEmpty();
        }
        try (LedgerNode node = restored(checked(whole), killed, Signing.BESIDE_DATA)) {
            assertThat(leaves(node)).isEqualTo(leaves(source));
        }
    }

    private static void copyDatabase(Location from, Location to) {
        try {
            Files.createDirectories(to.data());
            Files.copy(from.data().resolve("ledger.mv.db"), to.data().resolve("ledger.mv.db"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void only_a_whole_ledger_and_only_with_the_right_key() throws Exception {
        Selection one = new Selection(new AgreementId("imported"), null, null, true, null);
        Bundle some = checked(bundle(source, one, folder));
        Location location = TestDatabase.H2.untouched(folder);
        assertThatThrownBy(() -> restored(some, location, Signing.BESIDE_DATA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "The bundle holds every entry of imported; only one of a whole ledger");

        Path key = folder.resolve("key.pem");
        Files.writeString(
                key,
                org.agreementledger.proof.SigningKey.generate("x", new java.security.SecureRandom())
                        .pem());
        assertThatThrownBy(() -> restored(checked(whole), location, new Signing(key, null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not the one that signed the bundle");
        assertThatThrownBy(() ->
                        restored(
                                checked(whole),
                                location,
                                new Signing(null, source.tree().key().orElseThrow().name())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("belongs to the key that signed the bundle");
        assertThat(location.data()).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void an_imported_entry_says_where_it_was_and_its_leaf_covers_that(TestDatabase database)
            throws Exception {
        try (LedgerNode node = LedgerNode.open(database.fresh(folder), Clock.systemUTC())) {
            BundledLedger.record(
                    node,
                    List.of(
                            new Submission(
                                    Drafts.opening("imported").command(),
                                    Drafts.ADA,
                                    null,
                                    ELSEWHERE),
                            Drafts.opening("own")));

            LogEntry imported = node.log().at(0).orElseThrow();
            assertThat(imported.importedFrom()).isEqualTo(ELSEWHERE);
            assertThat(imported.recordedAt()).isAfter(ELSEWHERE.recordedAt());
            assertThat(imported.entryDigest())
                    .isEqualTo(
                            EntryDigest.of(
                                    Drafts.opening("imported").command().entry(), imported.salt()));
            assertThat(leaves(node).getFirst())
                    .contains(
                            "\"importedFrom\":{\"leafHash\":\"abab",
                            "\"origin\":\"elsewhere\",\"position\":17,\"recordedAt\":\"2025-05-05T05:05:05.050Z\"}");
            assertThat(leaves(node).getLast()).doesNotContain("importedFrom");
            EntryAnswer answer = answers(node).getFirst();
            assertThat(answer.importedFrom()).isEqualTo(ELSEWHERE);
            assertThat(Json.text(answer.entry())).doesNotContain("elsewhere");
            assertThat(
                            node.database()
                                    .jdbc()
                                    .sql(
                                            "select meta_data from domain_event_entry order by global_index")
                                    .query(String.class)
                                    .list()
                                    .getFirst())
                    .contains("importedFrom", "elsewhere");
        }
    }
}
