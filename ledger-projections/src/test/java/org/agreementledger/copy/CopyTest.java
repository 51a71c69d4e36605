package org.agreementledger.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.RandomLedger;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.TermHistoryAnswer.Version;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.ReadOnly;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Moment;
import org.agreementledger.node.Drafts;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.NewCopy;
import org.agreementledger.node.TestDatabase;
import org.agreementledger.proof.Node;
import org.agreementledger.readmodels.Json;
import org.agreementledger.replay.Replay.Check;
import org.agreementledger.terms.TermKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A copy answers as its source does of the moment that it goes up to, and takes nothing more. */
@Timeout(120)
class CopyTest {

    private static final int AGREEMENTS = 3;
    private static final int OFFERS = 60;
    private static final int BATCH = 10;
    private static final int MOMENTS = 2;
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir Path folder;

    static Stream<Arguments> ledgers() {
        return Stream.of(
                Arguments.of(TestDatabase.H2, 1L),
                Arguments.of(TestDatabase.H2, 2L),
                Arguments.of(TestDatabase.H2, 3L),
                Arguments.of(TestDatabase.POSTGRESQL, 4L));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("ledgers")
    void every_answer_of_a_copy_is_that_of_its_source_at_that_moment(
            TestDatabase database, long seed) {
        Random random = new Random(seed);
        try (LedgerNode source = random(database, seed)) {
            long newest = source.log().newest();
            for (int i = 0; i < MOMENTS; i++) {
                Moment moment =
                        at(source, i == 0 ? newest : random.nextInt(Math.toIntExact(newest)));
                Location location = copy(source, moment);

                try (LedgerNode copy = LedgerNode.openToRead(location, Clock.systemUTC())) {
                    assertThat(at(copy, moment.position())).isEqualTo(moment);
                    assertThat(now(copy)).isEqualTo(moment);
                    assertThat(copy.copy()).contains(new Copy(moment, true));
                    requireSameRows(source, copy, moment);
                    requireSameAnswers(source, copy, moment, random);
                    requireSound(copy, moment);
                }
            }
        }
    }

    @Test
    void a_copy_of_a_copy_is_a_copy() {
        try (LedgerNode source = random(TestDatabase.H2, 7)) {
            Moment later = at(source, source.log().newest());
            Moment earlier = at(source, later.position() / 2);
            try (LedgerNode copy = LedgerNode.open(copy(source, later), Clock.systemUTC())) {
                Location second = copy(copy, earlier);
                try (LedgerNode copyOfCopy = LedgerNode.open(second, Clock.systemUTC())) {
                    requireSameRows(source, copyOfCopy, earlier);
                    requireSameAnswers(source, copyOfCopy, earlier, new Random(7));
                    requireSound(copyOfCopy, earlier);
                }
            }
        }
    }

    @Test
    void a_copy_has_the_tree_up_to_its_moment_what_was_signed_of_it_and_no_key() {
        try (LedgerNode source = random(TestDatabase.H2, 8)) {
            long newest = source.log().newest();
            long between = newest - 1;
            Location location = copy(source, at(source, between));
            try (LedgerNode copy = LedgerNode.open(location, Clock.systemUTC())) {
                long size = between + 1;
                assertThat(copy.tree().size()).isEqualTo(size);
                assertThat(copy.tree().storedLeaves(0, 1_000))
                        .isEqualTo(source.tree().storedLeaves(0, (int) size));
                assertThat(copy.tree().storedNodes(0, 1_000))
                        .isEqualTo(source.tree().storedNodes(0, (int) Node.countOf(size)));
                assertThat(copy.tree().checkpointsAfter(-1, 1_000))
                        .isEqualTo(
                                source.tree().checkpointsAfter(-1, 1_000).stream()
                                        .filter(checkpoint -> checkpoint.size() <= size)
                                        .toList());
                assertThat(copy.tree().key()).isEqualTo(source.tree().key());
                for (long position = 0; position < size; position += 7) {
                    assertThat(copy.tree().inclusion(position, size))
                            .isEqualTo(source.tree().inclusion(position, size));
                }
                assertThat(location.data().resolve("log-key.pem")).doesNotExist();
            }
        }
    }

    @Test
    void a_copy_takes_no_entry_neither_from_the_program_nor_in_the_database() {
        try (LedgerNode source = random(TestDatabase.H2, 5)) {
            Moment moment = at(source, 20);
            try (LedgerNode copy = LedgerNode.open(copy(source, moment), Clock.systemUTC())) {
                Map<String, List<Map<String, Object>>> before = rows(copy);

                assertThatThrownBy(() -> copy.ledger().record(Drafts.opening("alpha")))
                        .isInstanceOf(ReadOnly.class)
                        .hasMessageContaining(
                                "read-only copy", moment.knownAt().toString(), "position 20");
                assertThat(copy.ledger().tryOut(Drafts.opening("alpha").command())).isNotNull();
                for (String sql :
                        List.of(
                                "insert into domain_event_entry select 1000, 'x', 'x', sequence_number, type, payload_type, payload_revision, payload, meta_data, time_stamp from domain_event_entry where global_index = (select max(global_index) from domain_event_entry)",
                                "insert into log_entry select 21, 20, event_id, agreement_id, 1000, kind, recorded_at, recorded_by, recorded_by_issuer, salt, entry_digest, imported_from from log_entry where position = 20",
                                "insert into log_leaf select 21, leaf from log_leaf where position = 20",
                                "insert into log_node select 1000, hash from log_node where number = 0",
                                "insert into log_checkpoint select 1000, 0, 999, null, 1, note from log_checkpoint where size = 0",
                                "insert into log_key select 2, verifier_key from log_key",
                                "delete from ledger_copy",
                                "update ledger_copy set position = 1000",
                                "insert into ledger_copy select 1000, known_at, finished from ledger_copy")) {
                    assertThatThrownBy(() -> copy.database().jdbc().sql(sql).update())
                            .as(sql)
                            .rootCause()
                            .hasMessageContaining("of a read-only copy");
                }
                assertThat(rows(copy)).isEqualTo(before);

                copy.rebuilds().run(2, _ -> {});
                requireSound(copy, moment);
            }
        }
    }

    @Test
    void nothing_is_known_in_a_copy_after_its_moment() {
        try (LedgerNode source = random(TestDatabase.H2, 5)) {
            Moment moment = at(source, 20);
            try (LedgerNode copy = LedgerNode.open(copy(source, moment), Clock.systemUTC())) {
                assertThatThrownBy(() ->
                                copy.readModels()
                                        .resolve(new KnownAt.At(moment.knownAt().plusMillis(1))))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("later than this copy", moment.knownAt().toString());
                assertThatThrownBy(() -> at(copy, 21)).hasMessageContaining("beyond the newest");
                assertThat(copy.readModels().resolve(new KnownAt.At(moment.knownAt())))
                        .isEqualTo(moment);
            }
        }
    }

    @Test
    void a_copy_that_fails_half_way_is_taken_away() {
        try (LedgerNode source = random(TestDatabase.H2, 5)) {
            Path target = folder.resolve("half");

            assertThatThrownBy(
                            () -> {
                                try (NewCopy copy = source.copyTo(target, at(source, 20))) {
                                    copy.copyEntries(_ -> {
                                        throw new IllegalStateException("the power is gone");
                                    });
                                }
                            })
                    .hasMessage("the power is gone");

            assertThat(target).doesNotExist();
        }
    }

    @Test
    void a_copy_that_was_cut_short_does_not_open() throws IOException {
        try (LedgerNode source = random(TestDatabase.H2, 5)) {
            Path target = folder.resolve("half");
            Path killed = folder.resolve("killed");
            try (NewCopy copy = source.copyTo(target, at(source, 20))) {
                copy.copyEntries(_ -> {});
                Files.createDirectory(killed);
                Files.copy(target.resolve("ledger.mv.db"), killed.resolve("ledger.mv.db"));
            }
            assertThatThrownBy(() ->
                            LedgerNode.openToRead(new Location(killed, null), Clock.systemUTC()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cut short");
        }
    }

    @Test
    void a_folder_that_is_not_free_is_left_as_it_is() throws IOException {
        try (LedgerNode source = random(TestDatabase.H2, 5)) {
            Moment moment = at(source, 20);
            Path file = Files.writeString(folder.resolve("file"), "x");
            Path taken = Files.createDirectory(folder.resolve("taken"));
            Path mine = Files.writeString(taken.resolve("mine"), "x");

            assertThatThrownBy(() -> source.copyTo(file, moment))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is a file");
            assertThatThrownBy(() -> source.copyTo(taken, moment))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not empty");
            assertThatThrownBy(() ->
                            source.copyTo(folder.resolve("none"), new Moment(-1, moment.knownAt())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("nothing to copy");

            assertThat(file).hasContent("x");
            assertThat(mine).hasContent("x");
            assertThat(taken).isDirectoryContaining(mine::equals);
        }
    }

    private LedgerNode random(TestDatabase database, long seed) {
        LedgerNode node = LedgerNode.open(database.fresh(folder), Clock.systemUTC());
        List<Submission> all =
                RandomLedger.of(seed, AGREEMENTS, OFFERS).stream()
                        .map(e ->
                                new Submission(new RecordEntry(e, null), Actor.local("ada"), null))
                        .toList();
        for (int from = 0; from < all.size(); from += BATCH) {
            List<Receipt> receipts =
                    node.ledger().recordAll(all.subList(from, Math.min(from + BATCH, all.size())));
            assertThat(node.readModels().await(receipts, SOON)).isTrue();
        }
        return node;
    }

    private Location copy(LedgerNode source, Moment moment) {
        Location location = TestDatabase.H2.untouched(folder);
        List<Long> copied = new ArrayList<>();
        List<Long> built = new ArrayList<>();
        try (NewCopy copy = source.copyTo(location.data(), moment)) {
            copy.copyEntries(copied::add);
            copy.buildReadModels(built::add);
            copy.finish();
        }
        assertThat(copied.getLast()).isEqualTo(moment.position() + 1);
        assertThat(built.getLast()).isEqualTo(moment.position() + 1);
        return location;
    }

    private static Moment now(LedgerNode node) {
        return node.readModels().resolve(new KnownAt.Now());
    }

    private static Moment at(LedgerNode node, long position) {
        return node.readModels().resolve(new KnownAt.Through(position));
    }

    /** Column by column, as it lies in the database. */
    private static void requireSameRows(LedgerNode source, LedgerNode copy, Moment moment) {
        assertThat(events(copy, moment)).isEqualTo(events(source, moment));
        assertThat(copy.log().read(-1, Integer.MAX_VALUE))
                .isEqualTo(
                        source.log().read(-1, Integer.MAX_VALUE).stream()
                                .limit(moment.position() + 1)
                                .toList());
        assertThat(rows(copy).get("domain_event_entry")).hasSize(events(copy, moment).size());
    }

    private static List<Map<String, Object>> events(LedgerNode node, Moment moment) {
        return listed(
                node.database().jdbc(),
                """
                select e.*
                from domain_event_entry e
                join log_entry l on l.event_id = e.event_identifier
                where l.position <= %d
                order by e.global_index
                """
                        .formatted(moment.position()));
    }

    private static Map<String, List<Map<String, Object>>> rows(LedgerNode node) {
        Map<String, List<Map<String, Object>>> rows = new HashMap<>();
        for (String table : List.of("domain_event_entry", "log_entry", "ledger_copy")) {
            rows.put(table, listed(node.database().jdbc(), "select * from " + table));
        }
        return rows;
    }

    private static List<Map<String, Object>> listed(JdbcClient jdbc, String sql) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Map<String, Object> row : jdbc.sql(sql).query().listOfRows()) {
            Map<String, Object> named = new HashMap<>();
            row.forEach((name, value) -> named.put(name.toLowerCase(Locale.ROOT), value));
            rows.add(named);
        }
        return rows;
    }

    private static void requireSameAnswers(
            LedgerNode source, LedgerNode copy, Moment moment, Random random) {
        for (int i = 0; i < AGREEMENTS; i++) {
            AgreementId id = new AgreementId("agreement-" + i);
            for (View view : View.values()) {
                for (int day = 0; day < 300; day += 1 + random.nextInt(20)) {
                    LocalDate on = LocalDate.of(2021, 1, 1).plusDays(day);
                    assertThat(copy.terms().asOf(id, on, moment, view))
                            .as("%s on %s at %s, %s", id, on, moment, view)
                            .isEqualTo(source.terms().asOf(id, on, moment, view));
                }
                LocalDate from = LocalDate.of(2021, 1, 1);
                LocalDate to = from.plusDays(1 + random.nextInt(300));
                assertThat(copy.constancy().between(id, from, to, moment, view))
                        .isEqualTo(source.constancy().between(id, from, to, moment, view));
                for (TermKey key : keys(source, id)) {
                    assertThat(history(copy, id, key, view, moment))
                            .isEqualTo(history(source, id, key, view, moment));
                }
            }
        }
        for (long position = 0; position <= moment.position(); position++) {
            assertThat(copy.entries().at(position).map(e -> e.withLinks(null, null, null)))
                    .isPresent()
                    .isEqualTo(
                            source.entries().at(position).map(e -> e.withLinks(null, null, null)));
        }
        assertThat(copy.entries().at(moment.position() + 1)).isEmpty();
    }

    private static TreeSet<TermKey> keys(LedgerNode node, AgreementId id) {
        TreeSet<TermKey> keys = new TreeSet<>(Comparator.comparing(TermKey::value));
        keys.addAll(node.ledger().history(id).fold(View.ALL).terms().keys());
        return keys;
    }

    /** The versions that were known then, without what ended them later. */
    private static List<Map<String, Object>> history(
            LedgerNode node, AgreementId id, TermKey key, View view, Moment moment) {
        return node.terms().history(id, key, view).stream()
                .flatMap(answer -> answer.versions().stream())
                .filter(version -> version.knownFrom().position() <= moment.position())
                .map(version -> asKnown(version, moment))
                .toList();
    }

    private static Map<String, Object> asKnown(Version version, Moment moment) {
        Map<String, Object> tree = Json.object(Json.text(version));
        if (version.knownTo() != null && version.knownTo().position() > moment.position()) {
            tree.put("knownTo", null);
        }
        return tree;
    }

    private static void requireSound(LedgerNode node, Moment moment) {
        Check check = node.replay().check(null, now(node), _ -> {});
        assertThat(check.entries()).isEqualTo(moment.position() + 1);
        assertThat(check.differences()).isEmpty();
    }
}
