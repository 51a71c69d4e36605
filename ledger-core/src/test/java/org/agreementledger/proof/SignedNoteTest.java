package org.agreementledger.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.agreementledger.json.JsonTrees;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SigningKey LOG = SigningKey.generate("example.com/log", RANDOM);
    private static final SigningKey WITNESS = SigningKey.generate("witness.example", RANDOM);

    @Test
    void the_published_example_is_verified_by_its_key() {
        SignedNote note = SignedNote.parse(example("signed-note.example.txt"));

        assertThat(note.verifiedBy(List.of(exampleKey()))).containsExactly(exampleKey());
        assertThat(note.text()).isEqualTo("This is an example message.\n");
        assertThat(note.write().getBytes(StandardCharsets.UTF_8))
                .isEqualTo(example("signed-note.example.txt"));
    }

    @Test
    void a_byte_altered_anywhere_in_the_published_example_is_noticed() {
        byte[] published = example("signed-note.example.txt");
        for (int at = 0; at < published.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] altered = published.clone();
                altered[at] ^= (byte) (1 << bit);
                assertThat(isVerified(altered)).as("byte %d, bit %d", at, bit).isFalse();
            }
        }
        assertThat(isVerified(published)).isTrue();
    }

    private static boolean isVerified(byte[] note) {
        try {
            SignedNote.parse(note).verifiedBy(List.of(exampleKey()));
            return true;
        } catch (IllegalArgumentException | SignedNote.NotVerified _) {
            return false;
        }
    }

    @Test
    void a_text_may_have_empty_lines_and_its_signers_need_not_be_known() {
        SignedNote note = SignedNote.parse(example("signed-note.intro-example.txt"));

        assertThat(note.text()).endsWith("sole:\n\ned è subito sera.\n");
        assertThat(note.signatures())
                .extracting(SignedNote.Signature::name)
                .containsExactly("quasimodo.example/salvatore");
        assertThatExceptionOfType(SignedNote.NotVerified.class)
                .isThrownBy(() -> note.verifiedBy(List.of(exampleKey())))
                .withMessageContaining("none of the known keys");
    }

    @Test
    void several_signatures_count_each_for_its_key_and_unknown_ones_are_ignored() {
        SignedNote note = SignedNote.sign("text\n", LOG);
        SignedNote both = note.with(SignedNote.sign("text\n", WITNESS).signatures().getFirst());

        SignedNote read = SignedNote.parse(both.write());

        assertThat(read).isEqualTo(both);
        assertThat(read.verifiedBy(List.of(WITNESS.verifier())))
                .containsExactly(WITNESS.verifier());
        assertThat(read.verifiedBy(List.of(LOG.verifier(), WITNESS.verifier())))
                .containsExactly(LOG.verifier(), WITNESS.verifier());
    }

    @Test
    void a_wrong_signature_of_a_known_key_spoils_the_note() {
        SignedNote other = SignedNote.sign("other\n", WITNESS);
        SignedNote note = SignedNote.sign("text\n", LOG).with(other.signatures().getFirst());

        assertThatExceptionOfType(SignedNote.NotVerified.class)
                .isThrownBy(() -> note.verifiedBy(List.of(LOG.verifier(), WITNESS.verifier())))
                .withMessageContaining("witness.example");
    }

    @Test
    void a_key_that_shares_only_the_name_is_another_key() {
        SigningKey namesake = SigningKey.generate("example.com/log", RANDOM);
        SignedNote note = SignedNote.sign("text\n", namesake);

        assertThatExceptionOfType(SignedNote.NotVerified.class)
                .isThrownBy(() -> note.verifiedBy(List.of(LOG.verifier())))
                .withMessageContaining("none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text\n",
                "text\n\n",
                "text\n\n— name NnugSzTjtVAewA==",
                "text\n\n- name NnugSzTjtVAewA==\n",
                "text\n\n— name  NnugSzTjtVAewA==\n",
                "text\n\n— na+me NnugSzTjtVAewA==\n",
                "text\n\n— na\u00a0me NnugSzTjtVAewA==\n",
                "text\n\n— NnugSzTjtVAewA==\n",
                "text\n\n— name NnugSzTjtVAewA\n",
                "text\n\n— name NnugSzTjtVAewB==\n",
                "text\n\n— name NnugSw==\n",
                "te\txt\n\n— name NnugSzTjtVAewA==\n",
                "te\rxt\n\n— name NnugSzTjtVAewA==\n",
                "text\n\n— name NnugSzTjtVAewA==\n\n",
                "text\n\n— name NnugSzTjtVAewA==\nmore\n"
            })
    void what_is_no_signed_note_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignedNote.parse(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void bytes_that_are_no_text_and_notes_without_measure_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignedNote.parse(new byte[] {(byte) 0xc0, (byte) 0x80}))
                .withMessageContaining("UTF-8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignedNote.parse(new byte[1_000_001]))
                .withMessageContaining("longer");
        String line = "— name NnugSzTjtVAewA==\n";
        assertThat(SignedNote.parse("text\n\n" + line.repeat(16)).signatures()).hasSize(16);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignedNote.parse("text\n\n" + line.repeat(101)))
                .withMessageContaining("signatures");
    }

    @Test
    void a_verifier_key_reads_as_it_is_written() {
        assertThat(exampleKey().toString()).isEqualTo(exampleKeyText());
        assertThat(VerifierKey.parse(LOG.verifier().toString())).isEqualTo(LOG.verifier());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com/foo",
                "example.com/foo+530d903a",
                "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U0",
                "example com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+"
            })
    void what_is_no_verifier_key_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> VerifierKey.parse(text));
    }

    /** The first vector of RFC 8032, section 7.1. */
    @Test
    void a_private_key_in_pem_gives_the_public_key_and_the_signature_of_rfc_8032() {
        String pem =
                """
                -----BEGIN PRIVATE KEY-----
                MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
                -----END PRIVATE KEY-----
                """;

        SigningKey key = SigningKey.ofPem("rfc", pem);

        assertThat(key.pem()).isEqualTo(pem);
        assertThat(HexFormat.of().formatHex(key.verifier().publicKey()))
                .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        assertThat(HexFormat.of().formatHex(key.sign(new byte[0])))
                .isEqualTo(
                        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        assertThat(key.toString()).doesNotContain("nWGxne").contains("rfc+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nc2VjcmV0\n-----END ENCRYPTED PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\n?secret?\n-----END PRIVATE KEY-----\n"
            })
    void what_is_no_private_key_is_refused_without_being_repeated(String pem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.ofPem("name", pem))
                .withMessageContaining("openssl genpkey -algorithm ed25519")
                .withMessageNotContaining("secret");
    }

    private static VerifierKey exampleKey() {
        return VerifierKey.parse(exampleKeyText());
    }

    private static String exampleKeyText() {
        return new String(example("signed-note.example.vkey"), StandardCharsets.UTF_8).strip();
    }

    private static byte[] example(String file) {
        return JsonTrees.resource("/vectors/signed-note/" + file);
    }
}
