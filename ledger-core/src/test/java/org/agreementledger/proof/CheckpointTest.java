package org.agreementledger.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {

    private static final String ROOT = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    @Test
    void a_checkpoint_is_three_lines() {
        Checkpoint checkpoint = new Checkpoint("example.com/log", 0, MerkleTree.emptyRoot());

        assertThat(checkpoint.text()).isEqualTo("example.com/log\n0\n" + ROOT + "\n");
        assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
    }

    @Test
    void lines_below_are_kept_as_they_are() {
        String text = "example.com/log\n12\n" + ROOT + "\nfirst line\nsecond\n";

        Checkpoint checkpoint = Checkpoint.parse(text);

        assertThat(checkpoint.extensions()).isEqualTo(List.of("first line", "second"));
        assertThat(checkpoint.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "origin\n1\n",
                "origin\n1\n" + ROOT,
                "\n1\n" + ROOT + "\n",
                "origin\n01\n" + ROOT + "\n",
                "origin\n-1\n" + ROOT + "\n",
                "origin\n+1\n" + ROOT + "\n",
                "origin\n\n" + ROOT + "\n",
                "origin\n٣\n" + ROOT + "\n",
                "origin\n9999999999999999999\n" + ROOT + "\n",
                "origin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n",
                "origin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hS\n",
                "origin\n1\n" + ROOT + "\n\n",
                "origin\n1\n" + ROOT + "\n\nline\n"
            })
    void what_is_no_checkpoint_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Checkpoint.parse(text));
    }

    @Test
    void a_proof_in_one_text_carries_the_leaf_its_place_and_the_checkpoint() {
        byte[] leaf = "{\"position\":1}".getBytes(StandardCharsets.UTF_8);
        Hash first = MerkleTree.leafHash(new byte[0]);
        Hash root = MerkleTree.nodeHash(first, MerkleTree.leafHash(leaf));
        SigningKey key = SigningKey.generate("example.com/log", new SecureRandom());
        SignedNote note = SignedNote.sign(new Checkpoint("example.com/log", 2, root).text(), key);

        TlogProof proof = TlogProof.of(leaf, 1, List.of(first), note);

        assertThat(proof.write())
                .isEqualTo(
                        """
                        c2sp.org/tlog-proof@v1
                        extra eyJwb3NpdGlvbiI6MX0=
                        index 1
                        bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=

                        """
                                + note.write());
        TlogProof read = TlogProof.parse(proof.write());
        assertThat(read).isEqualTo(proof);
        assertThat(read.extraBytes()).isEqualTo(leaf);
        assertThat(read.proves(MerkleTree.leafHash(leaf))).isTrue();
        assertThat(read.proves(first)).isFalse();
        assertThat(TlogProof.parse(new TlogProof(null, 1, List.of(first), note).write()).extra())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c2sp.org/tlog-proof@v2\nindex 0\n\n",
                "c2sp.org/tlog-proof@v1\n\n",
                "c2sp.org/tlog-proof@v1\nindex 00\n\n",
                "c2sp.org/tlog-proof@v1\nindex -1\n\n",
                "c2sp.org/tlog-proof@v1\nindex 0\nextra AA==\n\n",
                "c2sp.org/tlog-proof@v1\nextra A\nindex 0\n\n",
                "c2sp.org/tlog-proof@v1\nindex 0\nAA==\n\n",
                "c2sp.org/tlog-proof@v1\nindex 0\n"
            })
    void what_is_no_proof_is_refused(String head) {
        String checkpoint = "origin\n1\n" + ROOT + "\n\n— name NnugSzTjtVAewA==\n";

        assertThatIllegalArgumentException().isThrownBy(() -> TlogProof.parse(head + checkpoint));
    }
}
