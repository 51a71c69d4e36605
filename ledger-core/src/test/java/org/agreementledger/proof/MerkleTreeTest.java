package org.agreementledger.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the definitions of RFC 9162, section 2.1, written down as they stand there. */
class MerkleTreeTest {

    private static final int SIZE_MAX = 70;

    @Test
    void the_empty_tree_has_the_hash_of_nothing() {
        assertThat(MerkleTree.emptyRoot().hex())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(Frontier.empty().root()).isEqualTo(MerkleTree.emptyRoot());
        assertThat(MerkleTree.root(0, _ -> Map.of())).isEqualTo(MerkleTree.emptyRoot());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void roots_and_proofs_of_every_size_are_those_of_the_definition(long seed) {
        Grown tree = new Grown(seed);
        for (int size = 1; size <= SIZE_MAX; size++) {
            tree.grow();
            List<Hash> leaves = tree.leaves;
            Hash root = naiveRoot(leaves);
            assertThat(tree.frontier.root()).as("root of %d, seed %d", size, seed).isEqualTo(root);
            assertThat(MerkleTree.root(size, tree)).isEqualTo(root);
            for (int index = 0; index < size; index++) {
                List<Hash> proof = MerkleTree.inclusionProof(index, size, tree);
                assertThat(proof)
                        .as("inclusion of %d in %d, seed %d", index, size, seed)
                        .isEqualTo(naivePath(index, leaves));
                assertThat(MerkleTree.provesInclusion(proof, index, leaves.get(index), size, root))
                        .isTrue();
            }
            for (int from = 1; from <= size; from++) {
                List<Hash> proof = MerkleTree.consistencyProof(from, size, tree);
                assertThat(proof)
                        .as("consistency of %d with %d, seed %d", from, size, seed)
                        .isEqualTo(naiveSubproof(from, leaves, true));
                assertThat(
                                MerkleTree.provesConsistency(
                                        proof,
                                        from,
                                        naiveRoot(leaves.subList(0, from)),
                                        size,
                                        root))
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void a_proof_altered_anywhere_or_for_anything_else_is_refused(long seed) {
        Random random = new Random(seed);
        Grown tree = new Grown(seed);
        for (int size = 1; size <= SIZE_MAX; size++) {
            tree.grow();
            int index = random.nextInt(size);
            Hash leaf = tree.leaves.get(index);
            Hash root = tree.frontier.root();
            List<Hash> proof = MerkleTree.inclusionProof(index, size, tree);
            String at = "size %d, index %d, seed %d".formatted(size, index, seed);
            int other = (index + 1 + random.nextInt(size)) % (size + 1);
            assertThat(MerkleTree.provesInclusion(proof, other, leaf, size, root)).as(at).isFalse();
            assertThat(MerkleTree.provesInclusion(proof, -1, leaf, size, root)).as(at).isFalse();
            assertThat(MerkleTree.provesInclusion(proof, index, altered(leaf, random), size, root))
                    .as(at)
                    .isFalse();
            assertThat(MerkleTree.provesInclusion(proof, index, leaf, size, altered(root, random)))
                    .as(at)
                    .isFalse();
            for (List<Hash> wrong : altered(proof, random)) {
                assertThat(MerkleTree.provesInclusion(wrong, index, leaf, size, root))
                        .as(at)
                        .isFalse();
            }

            int from = 1 + random.nextInt(size);
            Hash old = naiveRoot(tree.leaves.subList(0, from));
            List<Hash> grown = MerkleTree.consistencyProof(from, size, tree);
            for (List<Hash> wrong : altered(grown, random)) {
                assertThat(MerkleTree.provesConsistency(wrong, from, old, size, root))
                        .as(at + ", from " + from)
                        .isFalse();
            }
            assertThat(MerkleTree.provesConsistency(grown, from, altered(old, random), size, root))
                    .isFalse();
            assertThat(MerkleTree.provesConsistency(grown, from, old, size, altered(root, random)))
                    .isFalse();
        }
    }

    @Test
    void a_frontier_goes_on_from_the_nodes_that_were_kept() {
        Grown tree = new Grown(6);
        for (int size = 0; size < SIZE_MAX; size++) {
            List<Node> nodes = Frontier.nodes(size);
            Map<Node, Hash> kept = tree.read(nodes);
            Frontier taken = Frontier.of(size, nodes.stream().map(kept::get).toList());
            tree.grow();
            taken.append(tree.leaves.getLast());
            assertThat(taken.root()).isEqualTo(tree.frontier.root());
            assertThat(taken.size()).isEqualTo(size + 1);
        }
    }

    @Test
    void nodes_are_numbered_in_the_order_in_which_they_are_completed() {
        Frontier frontier = Frontier.empty();
        List<Long> numbers = new ArrayList<>();
        for (int size = 1; size <= SIZE_MAX; size++) {
            frontier.append(leaf(size), (node, _) -> numbers.add(node.number()));
            assertThat(numbers).hasSize((int) Node.countOf(size));
        }
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo(i);
        }
    }

    @Test
    void what_is_outside_the_tree_has_no_proof() {
        Grown tree = new Grown(7);
        tree.grow();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MerkleTree.inclusionProof(1, 1, tree));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MerkleTree.inclusionProof(-1, 1, tree));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MerkleTree.consistencyProof(0, 1, tree));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MerkleTree.consistencyProof(2, 1, tree));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Frontier.of(3, List.of(MerkleTree.emptyRoot())));
    }

    /** A tree that keeps every node. */
    private static final class Grown implements Nodes {
        final Random random;
        final List<Hash> leaves = new ArrayList<>();
        final Map<Node, Hash> nodes = new HashMap<>();
        final Frontier frontier = Frontier.empty();

        Grown(long seed) {
            random = new Random(seed);
        }

        void grow() {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            leaves.add(MerkleTree.leafHash(bytes));
            frontier.append(leaves.getLast(), nodes::put);
        }

        @Override
        public Map<Node, Hash> read(Collection<Node> wanted) {
            assertThat(nodes.keySet()).containsAll(wanted);
            return wanted.stream().collect(Collectors.toMap(Function.identity(), nodes::get));
        }
    }

    private static Hash leaf(int number) {
        return MerkleTree.leafHash(("leaf " + number).getBytes(StandardCharsets.UTF_8));
    }

    private static int split(int size) {
        int k = 1;
        while (k * 2 < size) {
            k *= 2;
        }
        return k;
    }

    private static Hash naiveRoot(List<Hash> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int k = split(leaves.size());
        return MerkleTree.nodeHash(
                naiveRoot(leaves.subList(0, k)), naiveRoot(leaves.subList(k, leaves.size())));
    }

    private static List<Hash> naivePath(int m, List<Hash> leaves) {
        if (leaves.size() == 1) {
            return new ArrayList<>();
        }
        int k = split(leaves.size());
        List<Hash> left = leaves.subList(0, k);
        List<Hash> right = leaves.subList(k, leaves.size());
        List<Hash> path = m < k ? naivePath(m, left) : naivePath(m - k, right);
        path.add(naiveRoot(m < k ? right : left));
        return path;
    }

    private static List<Hash> naiveSubproof(int m, List<Hash> leaves, boolean known) {
        if (m == leaves.size()) {
            return known ? new ArrayList<>() : new ArrayList<>(List.of(naiveRoot(leaves)));
        }
        int k = split(leaves.size());
        List<Hash> left = leaves.subList(0, k);
        List<Hash> right = leaves.subList(k, leaves.size());
        List<Hash> proof =
                m <= k ? naiveSubproof(m, left, known) : naiveSubproof(m - k, right, false);
        proof.add(naiveRoot(m <= k ? right : left));
        return proof;
    }

    private static Hash altered(Hash hash, Random random) {
        byte[] bytes = hash.bytes();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return Hash.of(bytes);
    }

    private static List<List<Hash>> altered(List<Hash> proof, Random random) {
        List<List<Hash>> all = new ArrayList<>();
        for (int i = 0; i < proof.size(); i++) {
            List<Hash> bit = new ArrayList<>(proof);
            bit.set(i, altered(bit.get(i), random));
            all.add(bit);
            List<Hash> shorter = new ArrayList<>(proof);
            shorter.remove(i);
            all.add(shorter);
        }
        List<Hash> longer = new ArrayList<>(proof);
        longer.add(random.nextInt(proof.size() + 1), altered(MerkleTree.emptyRoot(), random));
        all.add(longer);
        return all;
    }
}
