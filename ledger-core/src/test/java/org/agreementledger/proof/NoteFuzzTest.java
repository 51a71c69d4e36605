package org.agreementledger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Timeout;

/**
 * Bytes that claim to be one of the texts of C2SP, from a log, a witness or a file of a key: each
 * is refused in words, or is written again just as it was read.
 */
@Timeout(20)
class NoteFuzzTest {

    private static final VerifierKey KEY =
            VerifierKey.ed25519("ledger.example", new byte[Hash.LENGTH]);

    @FuzzTest
    void is_refused_or_comes_back(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        comesBack(text, VerifierKey::parse, VerifierKey::toString);
        comesBack(text, CosignerKey::parse, CosignerKey::toString);
        comesBack(text, Checkpoint::parse, Checkpoint::text);
        comesBack(text, SignedNote::parse, SignedNote::write);
        comesBack(text, TlogProof::parse, TlogProof::write);
        comesBack(text, AddCheckpoint::parse, AddCheckpoint::write);
        refusedOr(() -> verified(SignedNote.parse(bytes)));
        refusedOr(() -> TlogProof.parse(text).proves(MerkleTree.leafHash(bytes)));
        refusedOr(() -> {
            SigningKey key = SigningKey.ofPem(KEY.name(), text);
            assertThat(SigningKey.ofPem(KEY.name(), key.pem()).verifier())
                    .isEqualTo(key.verifier());
        });
    }

    private static <T> void comesBack(
            String text, Function<String, T> parse, Function<T, String> write) {
        refusedOr(() -> assertThat(write.apply(parse.apply(text))).isEqualTo(text));
    }

    private static void refusedOr(Runnable reading) {
        try {
            reading.run();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    private static void verified(SignedNote note) {
        try {
            note.verifiedBy(Set.of(KEY));
        } catch (SignedNote.NotVerified e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }
}
