package org.agreementledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.RandomLedger;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.log.StoredCheckpoint;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.TestDatabase;
import org.agreementledger.proof.Checkpoint;
import org.agreementledger.proof.Hash;
import org.agreementledger.proof.Node;
import org.agreementledger.proof.SignedNote;
import org.agreementledger.proof.SigningKey;
import org.agreementledger.proof.VerifierKey;
import org.agreementledger.verify.Verification.Question;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One ledger on each database; each test forges something in it, and puts it back. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
@Timeout(120)
class VerificationTest {

    private static final AgreementId AGREEMENT = new AgreementId("agreement-0");
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir static Path folder;

    @Parameter TestDatabase database;

    private static LedgerNode node;
    private static Forger forger;
    private static int entries;

    @BeforeParameterizedClassInvocation
    static void a_ledger_that_nobody_touched(TestDatabase database) {
        Location location = database.fresh(folder);
        List<Submission> all =
                RandomLedger.of(11, 3, 40).stream()
                        .map(e ->
                                new Submission(new RecordEntry(e, null), Actor.local("ada"), null))
                        .toList();
        entries = all.size();
        try (LedgerNode writing = LedgerNode.open(location, Clock.systemUTC())) {
            for (int from = 0; from < all.size(); from += 20) {
                List<Receipt> receipts =
                        writing.ledger()
                                .recordAll(all.subList(from, Math.min(all.size(), from + 20)));
                assertThat(writing.readModels().await(receipts, SOON)).isTrue();
            }
        }
        node = LedgerNode.openToVerify(location, Clock.systemUTC());
        forger = new Forger(node);
    }

    @AfterEach
    void put_back() {
        forger.putBack();
    }

    @AfterParameterizedClassInvocation
    static void close() {
        node.close();
    }

    private Verified verify(Question question) throws InterruptedException {
        return node.verification()
                .verify(question, Duration.ZERO, Verification.Progress.NONE, () -> {});
    }

    @Test
    void nothing_is_found_where_nobody_touched_anything() throws InterruptedException {
        Verified verified = verify(Question.ALL);

        assertThat(verified.differences()).isEmpty();
        assertThat(verified.ok()).isTrue();
        assertThat(verified.events()).isEqualTo(entries);
        assertThat(verified.leaves()).isEqualTo(entries);
        assertThat(verified.root()).hasSize(64);
        assertThat(verified.checkpoints()).isPositive();
        assertThat(verified.agreements()).isEqualTo(3);
        assertThat(verified.rows()).isGreaterThan(5L * entries);
    }

    @Test
    void one_agreement_is_verified_by_itself() throws InterruptedException {
        Verified verified = verify(new Question(AGREEMENT, null, List.of()));

        assertThat(verified.differences()).isEmpty();
        assertThat(verified.events()).isPositive().isLessThan(entries);
        assertThat(verified.leaves()).isEqualTo(entries);
        assertThat(verified.root()).isEqualTo(verify(Question.ALL).root());
        assertThat(verified.agreements()).isEqualTo(1);
    }

    record Forgery(String what, List<String> sql, List<String> found) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Forgery forgery(String what, String sql, String... found) {
        return new Forgery(what, List.of(sql.split(";")), List.of(found));
    }

    static Stream<Forgery> forgeries() {
        return Stream.of(
                forgery(
                        "an event's payload edited",
                        """
                        update domain_event_entry
                        set payload = replace(payload, '"title":"', '"title":"Forged ')
                        where event_identifier = (select event_id from log_entry where position = 5)
                        """,
                        "domain_event_entry, event .* payload: digest with its salt: expected \\w{64}, found \\w{64}",
                        "entry, position 5 .*, entry_json: expected .*Forged.*"),
                forgery(
                        "an event's payload made unreadable",
                        """
                        update domain_event_entry
                        set payload = '{'
                        where event_identifier = (select event_id from log_entry where position = 5)
                        """,
                        "domain_event_entry, event .*, payload: expected an event that can be read, found .*",
                        "domain_event_entry, .*, payload: expected what can be folded after entry .*"),
                forgery(
                        "who recorded it edited in the event",
                        """
                        update domain_event_entry
                        set meta_data = replace(meta_data, 'ada', 'eve')
                        where event_identifier = (select event_id from log_entry where position = 5)
                        """,
                        "domain_event_entry, event .*, meta_data: recordedBy.id: expected ada, found eve"),
                forgery(
                        "two events swapped",
                        """
                        update domain_event_entry d
                        set payload = (
                            select payload from kept_domain_event_entry k
                            where k.aggregate_identifier = d.aggregate_identifier
                              and k.sequence_number = 3 - d.sequence_number),
                          payload_type = (
                            select payload_type from kept_domain_event_entry k
                            where k.aggregate_identifier = d.aggregate_identifier
                              and k.sequence_number = 3 - d.sequence_number)
                        where aggregate_identifier = 'agreement-0' and sequence_number in (1, 2)
                        """,
                        "domain_event_entry, event .*agreement-0, entry 2.*, payload: sequence: expected 2, found 3",
                        "domain_event_entry, event .*agreement-0, entry 2.*, payload: digest.*",
                        "domain_event_entry, event .*agreement-0, entry 3.*, payload: sequence: expected 3, found 2"),
                forgery(
                        "two events swapped with all that names them",
                        """
                        update domain_event_entry
                        set sequence_number = -1
                        where aggregate_identifier = 'agreement-0' and sequence_number = 1;
                        update domain_event_entry
                        set sequence_number = 1
                        where aggregate_identifier = 'agreement-0' and sequence_number = 2;
                        update domain_event_entry
                        set sequence_number = 2
                        where aggregate_identifier = 'agreement-0' and sequence_number = -1
                        """,
                        "domain_event_entry, .*agreement-0, entry 2.*, sequence_number: expected 2, found 3",
                        "domain_event_entry, .*agreement-0, entry 3.*, sequence_number: expected 3, found 2"),
                forgery(
                        "the last event cut off the event store",
                        """
                        delete from domain_event_entry
                        where event_identifier = (
                            select event_id from log_entry order by position desc limit 1)
                        """,
                        "domain_event_entry, event .*, row: expected there, found missing"),
                forgery(
                        "the last entry cut off everywhere but in what was signed",
                        cutOff("log_checkpoint where false"),
                        "log_leaf, position LAST, row: expected there, found missing",
                        "log_entry, position LAST, row: expected there, found missing",
                        "log_checkpoint, size COUNT, row: expected a tree of COUNT leaves, found one of LAST: entries were cut off"),
                forgery(
                        "the last entry cut off everywhere and its checkpoint too",
                        cutOff(
                                "log_checkpoint where size = (select max(size) from log_checkpoint)"),
                        "log_checkpoint, the newest, size: expected LAST, found .*"),
                forgery(
                        "an event inserted",
                        """
                        insert into domain_event_entry (global_index, event_identifier,
                          aggregate_identifier, sequence_number, type, payload_type,
                          payload_revision, payload, meta_data, time_stamp)
                        select 1000, 'forged', aggregate_identifier, 999, type, payload_type,
                          payload_revision, payload, meta_data, time_stamp
                        from domain_event_entry
                        where sequence_number = 1 and aggregate_identifier = 'agreement-0'
                        """,
                        "domain_event_entry, event forged .agreement-0, entry 1000., row: expected none, found an event without a place in the log"),
                forgery(
                        "an event of another agreement inserted before all others",
                        """
                        insert into domain_event_entry (global_index, event_identifier,
                          aggregate_identifier, sequence_number, type, payload_type,
                          payload_revision, payload, meta_data, time_stamp)
                        select -7, 'forged', 'zebra', 0, type, payload_type,
                          payload_revision, payload, meta_data, time_stamp
                        from domain_event_entry
                        where sequence_number = 0 and aggregate_identifier = 'agreement-0'
                        """,
                        "domain_event_entry, event forged .zebra, entry 1., row: expected none, .*"),
                forgery(
                        "who recorded it edited in the log",
                        "update log_entry set recorded_by = 'eve' where position = 5",
                        "log_entry, position 5 .*, recorded_by: expected ada, found eve"),
                forgery(
                        "when it was recorded edited in the log",
                        "update log_entry set recorded_at = timestamp with time zone '2001-01-01 00:00:00+00' where position = 5",
                        "log_entry, position 5 .*, recorded_at: expected not before .*, found 2001-01-01T00:00:00Z",
                        "log_entry, position 5 .*, recorded_at: expected 20.*, found 2001-01-01T00:00:00.000Z"),
                forgery(
                        "a digest edited in the log",
                        "update log_entry set entry_digest = repeat('0', 64) where position = 5",
                        "log_entry, position 5 .*, entry_digest: expected \\w{64}, found 0{64}"),
                forgery(
                        "a salt edited",
                        "update log_entry set salt = repeat('0', 64) where position = 5",
                        "log_entry, position 5 .*, salt: expected \\w{64}, found 0{64}"),
                forgery(
                        "a log row of no kind",
                        "update log_entry set kind = 'forged' where position = 5",
                        "log_entry, position 5 .*, row: expected what can be said of an entry, found there is no kind forged"),
                forgery(
                        "two positions swapped in the log",
                        """
                        update log_entry
                        set event_id = case position when 5 then 'x' else 'y' end
                        where position in (5, 6);
                        update log_entry l
                        set event_id = (
                            select event_id from kept_log_entry k where k.position = 11 - l.position)
                        where position in (5, 6)
                        """,
                        "log_entry, position 5 .*, event_id: expected .*, found .*",
                        "log_entry, position 6 .*, event_id: expected .*, found .*"),
                forgery(
                        "a leaf edited",
                        "update log_leaf set leaf = replace(leaf, '\"ada\"', '\"eve\"') where position = 5",
                        "log_leaf, position 5, leaf: recordedBy.id: expected ada, found eve"),
                forgery(
                        "a leaf written in another way",
                        "update log_leaf set leaf = replace(leaf, ':', ': ') where position = 5",
                        "log_leaf, position 5, leaf: .*"),
                forgery(
                        "a leaf cut out",
                        "delete from log_leaf where position = 5",
                        "log_leaf, position 5, row: expected there, found missing"),
                forgery(
                        "a leaf's node edited",
                        "update log_node set hash = repeat('0', 64) where number = 8",
                        "log_node, number 8 .level 0, index 5., hash: expected \\w{64}, found 0{64}"),
                forgery(
                        "an inner node edited",
                        "update log_node set hash = repeat('0', 64) where number = 6",
                        "log_node, number 6 .level 2, index 0., hash: expected \\w{64}, found 0{64}"),
                forgery(
                        "a node cut out",
                        "delete from log_node where number = 6",
                        "log_node, number 6 .level 2, index 0., row: expected there, found missing"),
                forgery(
                        "an entry altered in every record but the checkpoints",
                        """
                        update domain_event_entry
                        set meta_data = replace(meta_data, 'ada', 'eve')
                        where event_identifier = (select event_id from log_entry where position = 5);
                        update log_entry set recorded_by = 'eve' where position = 5;
                        update log_leaf set leaf = replace(leaf, '\"ada\"', '\"eve\"') where position = 5
                        """,
                        "log_node, number 8 .level 0, index 5., hash: .*"),
                forgery(
                        "the key of the ledger replaced",
                        "update log_key set verifier_key = '"
                                + SigningKey.generate("forger", new SecureRandom()).verifier()
                                + "'",
                        "log_checkpoint, size .*, note: origin: expected forger, found .*",
                        "log_checkpoint, size .*, note: signature: expected the signature of forger.*"));
    }

    private static String cutOff(String checkpoint) {
        return """
        delete from %s;
        delete from log_node where number >= (
            select min(number) from (select number from log_node order by number desc limit 1) n);
        delete from log_leaf where position = (select max(position) from kept_log_entry);
        delete from domain_event_entry where event_identifier = (
            select event_id from kept_log_entry order by position desc limit 1);
        delete from log_entry where position = (select max(position) from kept_log_entry)
        """
                .formatted(checkpoint);
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void what_was_forged_is_named(Forgery forgery) throws InterruptedException {
        forger.forge(forgery.sql().toArray(String[]::new));

        Verified verified = verify(Question.ALL);

        assertThat(verified.ok()).isFalse();
        List<String> differences = sentences(verified);
        assertThat(differences).hasSizeGreaterThanOrEqualTo(forgery.found().size());
        for (int i = 0; i < forgery.found().size(); i++) {
            assertThat(differences.get(i))
                    .as("%s", differences)
                    .matches(
                            forgery.found()
                                    .get(i)
                                    .replace("LAST", String.valueOf(entries - 1))
                                    .replace("COUNT", String.valueOf(entries)));
        }
    }

    /**
     * @param start the column that tells which entry brought a row
     * @param column to alter
     * @param moved how a row becomes another one
     */
    record ModelTable(String name, String start, String column, String value, String moved) {}

    /** In each of them a row is altered, another taken out, and one put in. */
    @Test
    void every_row_of_every_read_model_is_compared() throws InterruptedException {
        List<ModelTable> tables =
                List.of(
                        new ModelTable(
                                "entry",
                                "position",
                                "effect",
                                "'forged'",
                                "position = -1, sequence = -1"),
                        new ModelTable(
                                "entry_verdict",
                                "position",
                                "agreement_id",
                                "'zebra'",
                                "term_key = term_key || 'x'"),
                        new ModelTable(
                                "entry_wording",
                                "position",
                                "set_title",
                                "'forged'",
                                "position = 999"),
                        new ModelTable(
                                "term_wording", "id", "statement", "'forged'", "id = id + 999"),
                        new ModelTable(
                                "term_said",
                                "wording_id",
                                "said",
                                "'forged'",
                                "said_hash = said_hash + 1"),
                        new ModelTable("term_version", "id", "state", "'forged'", "id = id + 999"),
                        new ModelTable("term_mark", "id", "mark", "'forged'", "id = id + 999"),
                        new ModelTable(
                                "term_turn", "id", "turned_on", "date '2001-01-01'", "id = -1"),
                        new ModelTable(
                                "agreement_version", "id", "status", "'forged'", "id = id + 999"),
                        new ModelTable(
                                "agreement_tally",
                                "known_from",
                                "changes",
                                "99",
                                "known_from = 999"));
        for (ModelTable table : tables) {
            forger.forge(
                    "create table forged as select * from %1$s where %2$s = (select max(%2$s) from %1$s)"
                            .formatted(table.name(), table.start()),
                    "update forged set " + table.moved(),
                    "delete from %1$s where %2$s = (select max(%2$s) from %1$s)"
                            .formatted(table.name(), table.start()),
                    "update %1$s set %3$s = %4$s where %2$s = (select min(%2$s) from %1$s)"
                            .formatted(table.name(), table.start(), table.column(), table.value()),
                    "insert into %s select * from forged".formatted(table.name()),
                    "drop table forged");
        }

        Verified verified = verify(Question.ALL);

        List<String> found = sentences(verified);
        for (ModelTable table : tables) {
            String missing = table.name() + ", .*, row: expected there, found missing";
            assertThat(found)
                    .anyMatch(it ->
                            it.matches(
                                    table.name().equals("entry_verdict")
                                            ? missing
                                            : "%s, .*, %s: expected .*, found .*"
                                                    .formatted(table.name(), table.column())))
                    .anyMatch(it -> it.matches(missing))
                    .anyMatch(
                            it -> it.matches(table.name() + ", .*, row: expected none, found .*"));
        }
        assertThat(verified.found()).isLessThan(60);
    }

    /** They would come to light in the end, but not before the ledger has grown so far. */
    @Test
    void a_row_that_ends_in_the_future_is_not_taken_for_one_that_ends_later()
            throws InterruptedException {
        forger.forge(
                "update term_version set known_to = 1000 where id = (select min(id) from term_version where known_to > 1000)",
                "update entry set corrected_by = 1000 where position = 0");

        assertThat(sentences(verify(Question.ALL)))
                .hasSize(2)
                .anyMatch(it ->
                        it.matches("entry, position 0 .*, corrected_by: expected \\d+, found 1000"))
                .anyMatch(it ->
                        it.matches(
                                "term_version, id .*, known_to: expected 9223372036854775807, found 1000"));
    }

    @Test
    void a_position_of_the_read_models_that_the_log_does_not_reach_is_named()
            throws InterruptedException {
        forger.forge("update read_model set position = 1000");

        assertThat(sentences(verify(Question.ALL)))
                .containsExactly(
                        "read_model, name all, position: expected %d, found 1000"
                                .formatted(entries - 1));
    }

    @Test
    void a_checkpoint_of_another_key_is_named() throws InterruptedException {
        StoredCheckpoint newest = node.tree().checkpoint().orElseThrow();
        VerifierKey own = node.tree().key().orElseThrow();
        SigningKey forged = SigningKey.generate(own.name(), new SecureRandom());
        forgeNote(newest.size(), SignedNote.sign(newest.signedNote().text(), forged));

        assertThat(sentences(verify(Question.ALL)))
                .containsExactly(
                        "log_checkpoint, size %d, note: signature: expected the signature of %s, found none of the known keys signed it"
                                .formatted(newest.size(), own));
        assertThat(sentences(verify(new Question(null, forged.verifier(), List.of()))))
                .first()
                .asString()
                .startsWith("log_key, number 1, verifier_key: expected " + forged.verifier());
    }

    @Test
    void a_checkpoint_with_a_wrong_signature_is_named() throws InterruptedException {
        StoredCheckpoint newest = node.tree().checkpoint().orElseThrow();
        StoredCheckpoint first = node.tree().checkpointsAfter(0, 1).getFirst();
        forgeNote(
                newest.size(),
                new SignedNote(newest.signedNote().text(), first.signedNote().signatures()));

        assertThat(sentences(verify(Question.ALL)))
                .singleElement()
                .asString()
                .matches("log_checkpoint, size .*, note: signature: .*is wrong");
    }

    private void forgeNote(long size, SignedNote note) {
        forger.forge(
                "update log_checkpoint set note = '%s' where size = %d"
                        .formatted(note.write(), size));
    }

    @Test
    void the_tree_begins_with_every_checkpoint_that_was_signed() throws InterruptedException {
        List<Against> kept =
                node.tree().checkpointsAfter(-1, 100).stream()
                        .map(it -> against("size " + it.size(), it.note()))
                        .toList();

        Verified verified = verify(new Question(null, null, kept));
        assertThat(verified.ok()).isTrue();
        assertThat(verified.against()).hasSizeGreaterThan(2).allMatch(Against.Answer::ok);

        Verified one = verify(new Question(AGREEMENT, null, kept));
        assertThat(one.ok()).isTrue();
        assertThat(one.against()).isEqualTo(verified.against());
    }

    private static Against against(String name, String note) {
        return Against.parse(name, note);
    }

    /** Nothing in the ledger itself tells of what is gone. */
    @Test
    void a_ledger_that_was_rolled_back_is_found_by_who_kept_a_checkpoint()
            throws InterruptedException {
        Against kept = against("kept", node.tree().checkpoint().orElseThrow().note());
        long size = node.tree().checkpointsAfter(20, 1).getFirst().size();
        rollBack(size);
        assertThat(sentences(verify(Question.ALL))).isEmpty();

        Verified verified = verify(new Question(null, null, List.of(kept)));

        assertThat(verified.ok()).isFalse();
        assertThat(verified.against().getFirst().finding())
                .isEqualTo(
                        "It was signed for %d leaves, and this ledger has %d: entries that somebody has seen are gone (a rollback)."
                                .formatted(entries, size));
        assertThat(sentences(verified))
                .containsExactly(
                        "checkpoint kept, size %d, size: expected at most %d, found %1$d"
                                .formatted(entries, size));
    }

    private void rollBack(long size) {
        forger.forge(
                "delete from log_checkpoint where size > " + size,
                "delete from log_node where number >= " + Node.countOf(size),
                "delete from log_leaf where position >= " + size,
                "delete from domain_event_entry where event_identifier in (select event_id from log_entry where position >= "
                        + size
                        + ")",
                "delete from log_entry where position >= " + size);
        node.rebuilds().run(2, _ -> {});
    }

    @Test
    void a_ledger_that_shows_another_history_is_found_by_who_kept_a_checkpoint()
            throws InterruptedException {
        VerifierKey own = node.tree().key().orElseThrow();
        Checkpoint other =
                new Checkpoint(
                        own.name(), 20, Hash.sha256("another".getBytes(StandardCharsets.UTF_8)));
        Against signedByIt =
                against("other", SignedNote.sign(other.text(), signingKey(own)).write());
        Against signedByAnother =
                against(
                        "foreign",
                        SignedNote.sign(
                                        other.text(),
                                        SigningKey.generate(own.name(), new SecureRandom()))
                                .write());

        Verified verified = verify(new Question(null, null, List.of(signedByIt, signedByAnother)));

        assertThat(verified.ok()).isFalse();
        assertThat(verified.against())
                .extracting(Against.Answer::finding)
                .satisfiesExactly(
                        it ->
                                assertThat(it)
                                        .contains(
                                                "another root than this ledger's first 20 leaves come to",
                                                "split view"),
                        it ->
                                assertThat(it)
                                        .contains(
                                                "does not bear this ledger's signature",
                                                "none of the known keys signed it"));
    }

    private SigningKey signingKey(VerifierKey own) {
        return SigningKey.ofPem(own.name(), keyFile());
    }

    private static String keyFile() {
        try (Stream<Path> files = Files.walk(folder)) {
            return Files.readString(
                    files.filter(file -> file.getFileName().toString().startsWith("log-key"))
                            .max(Comparator.comparing(file -> file.toFile().lastModified()))
                            .orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> sentences(Verified verified) {
        return verified.differences().stream().map(Difference::sentence).toList();
    }
}
