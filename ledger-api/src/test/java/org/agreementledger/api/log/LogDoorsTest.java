package org.agreementledger.api.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.Tampering;
import org.agreementledger.node.TestDatabase;
import org.agreementledger.proof.CanonicalBytes;
import org.agreementledger.proof.Checkpoint;
import org.agreementledger.proof.Digest;
import org.agreementledger.proof.Hash;
import org.agreementledger.proof.MerkleTree;
import org.agreementledger.proof.SignedNote;
import org.agreementledger.proof.TlogProof;
import org.agreementledger.proof.VerifierKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** As a stranger checks it: from what the doors serve, and nothing else. */
class LogDoorsTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir static Path folder;
    private static Doors doors;

    @BeforeAll
    static void seven_entries() {
        doors = Doors.to(LedgerNode.open(TestDatabase.H2.fresh(folder), Clock.systemUTC()));
        String id = doors.opened();
        for (int number = 1; number < 7; number++) {
            Answer answer =
                    doors.post(
                            doors.entriesOf(id),
                            Doors.announcement(id, "Nº " + number, "2025-01-01"));
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        }
    }

    @AfterAll
    static void close() {
        doors.server().close();
    }

    private static VerifierKey key() {
        return VerifierKey.parse(doors.get("/v1/log/key").body().strip());
    }

    private static Checkpoint verified(String note) {
        SignedNote signed = SignedNote.parse(note);
        signed.verifiedBy(List.of(key()));
        return Checkpoint.parse(signed.text());
    }

    private static List<String> leaves(String query) {
        return doors.get("/v1/log/entries" + query).body().lines().toList();
    }

    private static Hash hash(String leaf) {
        return MerkleTree.leafHash(leaf.getBytes(StandardCharsets.UTF_8));
    }

    @SuppressWarnings("unchecked")
    private static List<Hash> hashes(Map<String, Object> proof) {
        return ((List<String>) proof.get("hashes")).stream().map(Hash::ofHex).toList();
    }

    @Test
    void the_checkpoint_is_a_note_signed_with_the_key_that_is_served() {
        Answer answer = doors.get("/v1/checkpoint");

        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/plain;charset=utf-8");
        Checkpoint checkpoint = verified(answer.body());
        assertThat(checkpoint.size()).isEqualTo(7);
        assertThat(checkpoint.origin()).isEqualTo(key().name());
        assertThat(doors.get("/v1/checkpoint", "If-None-Match", answer.header("ETag")).status())
                .isEqualTo(304);
    }

    @Test
    void the_key_comes_in_pem_too() {
        Answer pem = doors.get("/v1/log/key", "Accept", "application/x-pem-file");

        assertThat(pem.header("Content-Type")).startsWith("application/x-pem-file");
        assertThat(pem.body()).isEqualTo(key().pem()).startsWith("-----BEGIN PUBLIC KEY-----\n");
        assertThat(doors.get("/v1/log/key", "Accept", "*/*").body()).contains("+");
        assertThat(doors.get("/v1/log/key", "Accept", "text/html").status()).isEqualTo(406);
    }

    @Test
    void each_line_of_the_entries_is_a_leaf_byte_for_byte_and_they_come_to_the_signed_root() {
        Answer answer = doors.get("/v1/log/entries");

        assertThat(answer.header("Content-Type")).startsWith("application/x-ndjson");
        assertThat(answer.body()).endsWith("}\n");
        List<String> leaves = answer.body().lines().toList();
        assertThat(leaves).hasSize(7);
        for (String leaf : leaves) {
            assertThat(CanonicalBytes.text(JSON.readValue(leaf, Object.class))).isEqualTo(leaf);
        }
        assertThat(naiveRoot(leaves.stream().map(LogDoorsTest::hash).toList()))
                .isEqualTo(verified(doors.get("/v1/checkpoint").body()).root());
    }

    private static Hash naiveRoot(List<Hash> hashes) {
        if (hashes.size() == 1) {
            return hashes.getFirst();
        }
        int half = Integer.highestOneBit(hashes.size() - 1);
        return MerkleTree.nodeHash(
                naiveRoot(hashes.subList(0, half)), naiveRoot(hashes.subList(half, hashes.size())));
    }

    @Test
    void a_leaf_says_what_the_entry_says_and_holds_the_digest_of_entry_and_salt() {
        Map<String, Object> entry = doors.get("/v1/entries/4").json();
        Map<?, ?> leaf = JSON.readValue(leaves("?from=4&to=5").getFirst(), Map.class);

        for (String shared :
                List.of(
                        "agreementId",
                        "sequence",
                        "position",
                        "eventId",
                        "kind",
                        "recordedAt",
                        "recordedBy")) {
            assertThat(leaf.get(shared)).as(shared).isEqualTo(entry.get(shared));
        }
        assertThat(leaf.get("schema")).isEqualTo("agreement-ledger/leaf/v1");
        assertThat(leaf.get("entryDigest"))
                .isEqualTo(
                        Digest.sha256Hex(
                                CanonicalBytes.of(
                                        Map.of(
                                                "entry",
                                                entry.get("entry"),
                                                "salt",
                                                entry.get("salt")))));
        assertThat(leaf).hasSize(9);
    }

    @Test
    void a_range_of_leaves_ends_before_to_and_never_changes() {
        List<String> all = leaves("");

        assertThat(leaves("?from=2&to=5")).isEqualTo(all.subList(2, 5));
        assertThat(leaves("?from=5")).isEqualTo(all.subList(5, 7));
        assertThat(leaves("?to=100")).isEqualTo(all);
        assertThat(leaves("?from=7&to=7")).isEmpty();
        Answer some = doors.get("/v1/log/entries?from=2&to=5");
        assertThat(
                        doors.get(
                                        "/v1/log/entries?from=2&to=5",
                                        "If-None-Match",
                                        some.header("ETag"))
                                .status())
                .isEqualTo(304);
        assertThat(doors.get("/v1/log/entries?from=2&to=6").header("ETag"))
                .isNotEqualTo(some.header("ETag"));
        Answer head = doors.send("HEAD", "/v1/log/entries?from=2&to=5", BodyPublishers.noBody());
        assertThat(head.header("ETag")).isEqualTo(some.header("ETag"));
        assertThat(head.body()).isEmpty();
    }

    @Test
    void a_proof_of_inclusion_leads_from_the_leaf_to_the_root() {
        List<String> leaves = leaves("");
        for (int position = 0; position < 7; position++) {
            Map<String, Object> proof = doors.get("/v1/log/inclusion?position=" + position).json();

            assertThat(proof)
                    .containsOnlyKeys("position", "size", "leafHash", "hashes", "root")
                    .containsEntry("position", position)
                    .containsEntry("size", 7)
                    .containsEntry("leafHash", hash(leaves.get(position)).hex());
            assertThat(
                            MerkleTree.provesInclusion(
                                    hashes(proof),
                                    position,
                                    hash(leaves.get(position)),
                                    7,
                                    verified(doors.get("/v1/checkpoint").body()).root()))
                    .isTrue();
        }
        assertThat(doors.get("/v1/log/inclusion?position=2&size=3").json())
                .containsEntry("size", 3);
    }

    @Test
    void as_text_a_proof_of_inclusion_carries_all_that_checking_it_takes() {
        Answer answer = doors.get("/v1/log/inclusion?position=3", "Accept", "text/plain");

        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/plain;charset=utf-8");
        assertThat(answer.header("Vary")).contains("Accept");
        TlogProof proof = TlogProof.parse(answer.body());
        assertThat(proof.index()).isEqualTo(3);
        proof.checkpoint().verifiedBy(List.of(key()));
        assertThat(proof.proves(MerkleTree.leafHash(proof.extraBytes()))).isTrue();
        assertThat(new String(proof.extraBytes(), StandardCharsets.UTF_8))
                .isEqualTo(leaves("").get(3));
    }

    @Test
    void a_proof_of_consistency_leads_from_every_checkpoint_to_the_newest() {
        List<Map<String, Object>> checkpoints = doors.get("/v1/log/checkpoints").items();
        for (Map<String, Object> old : checkpoints.subList(1, checkpoints.size())) {
            Checkpoint from = verified((String) old.get("checkpoint"));
            Map<String, Object> proof = doors.get("/v1/log/consistency?from=" + from.size()).json();

            assertThat(proof)
                    .containsOnlyKeys("from", "to", "fromRoot", "toRoot", "hashes")
                    .containsEntry("fromRoot", from.root().hex())
                    .containsEntry("to", 7);
            assertThat(
                            MerkleTree.provesConsistency(
                                    hashes(proof),
                                    from.size(),
                                    from.root(),
                                    7,
                                    verified(doors.get("/v1/checkpoint").body()).root()))
                    .isTrue();
        }
    }

    @Test
    void checkpoints_are_listed_page_by_page_and_served_by_size() {
        List<Map<String, Object>> listed = new ArrayList<>();
        String next = "/v1/log/checkpoints?limit=3";
        while (!next.isEmpty()) {
            Answer page = doors.get(next);
            listed.addAll(page.items());
            next = page.next();
        }

        assertThat(listed.stream().map(checkpoint -> checkpoint.get("size")))
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        for (Map<String, Object> item : listed) {
            Answer alone = doors.get("/v1/log/checkpoints/" + item.get("size"));
            assertThat(alone.body()).isEqualTo(item.get("checkpoint"));
            assertThat(verified(alone.body()).root().hex()).isEqualTo(item.get("root"));
        }
        assertThat(doors.get("/v1/log/checkpoints/8").status()).isEqualTo(404);
        assertThat(doors.get("/v1/log/checkpoints/x").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "inclusion                        | position | is required",
                "inclusion?position=7             | position | positions from 0 to 6, not 7",
                "inclusion?position=-1            | position | not -1",
                "inclusion?position=3&size=3      | position | The tree of 3 entries has positions from 0 to 2, not 3",
                "inclusion?position=0&size=8      | size     | size is from 1 to 7, the entries there are; not 8",
                "inclusion?position=0&size=0      | size     | not 0",
                "inclusion?position=one           | position | 'one' is not a whole number",
                "inclusion?position=1&size=1e1    | size     | '1e1' is not a whole number",
                "inclusion?position=0&of=7        | of       | known: position, size",
                "consistency                      | from     | is required",
                "consistency?from=0               | from     | from a tree of 1 to 7 entries to one of 7, not from one of 0",
                "consistency?from=5&to=4          | from     | from a tree of 1 to 4 entries to one of 4, not from one of 5",
                "consistency?from=1&to=8          | to       | to is from 1 to 7",
                "consistency?from=x               | from     | 'x' is not a whole number",
                "entries?from=8                   | from     | from is from 0 to 7, not 8",
                "entries?from=-1                  | from     | not -1",
                "entries?from=3&to=2              | to       | from 3 it is at least 3",
                "entries?to=-1                    | to       | from 0 it is at least 0",
                "entries?from=99999999999999999999 | from    | is not a whole number",
                "checkpoints?limit=0              | limit    | from 1 to 1000",
                "checkpoints?after=x              | after    | not a cursor",
            })
    void what_cannot_be_answered_is_refused_with_the_parameter_and_the_rule(
            String question, String parameter, String rule) {
        Answer answer = doors.get("/v1/log/" + question);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json()).containsEntry("parameter", parameter);
        assertThat((String) answer.json().get("detail")).contains(rule);
    }

    @Test
    void what_was_altered_past_the_guards_is_not_proven_and_shows_in_health() {
        try (LedgerNode node = LedgerNode.open(TestDatabase.H2.fresh(folder), Clock.systemUTC())) {
            Doors own = Doors.to(node);
            String id = own.opened();
            own.post(own.entriesOf(id), Doors.announcement(id, "Hello", "2025-01-01"));
            assertThat(own.get("/actuator/health").json()).containsEntry("status", "UP");
            Tampering.dropGuards(node.database());
            Tampering.edit(node.database(), "update log_leaf set leaf = '{}' where position = 1");

            Answer proof = own.get("/v1/log/inclusion?position=1");
            assertThat(proof.status()).isEqualTo(500);
            assertThat(proof.json()).containsEntry("type", "/problems/log-mismatch");
            assertThat((String) proof.json().get("detail")).contains("leaf 1");

            Answer recorded =
                    own.post(own.entriesOf(id), Doors.announcement(id, "More", "2025-01-02"));
            assertThat(recorded.status()).isEqualTo(201);
            Answer health = own.get("/actuator/health");
            assertThat(health.status()).isEqualTo(503);
            assertThat(verified(own, own.get("/v1/checkpoint").body()).size()).isEqualTo(2);
            own.server().close();
        }
    }

    private static Checkpoint verified(Doors own, String note) {
        SignedNote signed = SignedNote.parse(note);
        signed.verifiedBy(List.of(VerifierKey.parse(own.get("/v1/log/key").body().strip())));
        return Checkpoint.parse(signed.text());
    }
}
