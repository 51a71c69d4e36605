package org.agreementledger.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessTest {

    /**
     * A checkpoint of a public Certificate Transparency log (staging), with the cosignatures that
     * it was served with.
     */
    private static final String COSIGNED =
            """
            arche2025h1.staging.ct.transparency.dev
            1432088532
            U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

            — arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
            — transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
            — witness1.smartit.nu/witness1 pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==
            — remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
            — witness.stagemole.eu Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY/2TUFucgKi7lI7cUiOvKFYe/TmN9DAg==
            """;

    /** As its witness publishes it; also in transparency-dev/formats, note_cosigv1_test.go. */
    private static final CosignerKey REMORA =
            CosignerKey.parse(
                    "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2");

    private static final VerifierKey ARCHE =
            VerifierKey.parse(
                    "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f");

    private final SignedNote note = SignedNote.parse(COSIGNED);
    private final Checkpoint checkpoint = Checkpoint.parse(note.text());

    @Test
    void a_cosignature_of_a_public_witness_is_verified() {
        assertThat(note.verifiedBy(List.of(ARCHE))).containsExactly(ARCHE);
        assertThat(note.signatures())
                .filteredOn(signature -> REMORA.cosignedAt(checkpoint, signature).isPresent())
                .singleElement()
                .satisfies(signature ->
                        assertThat(REMORA.cosignedAt(checkpoint, signature))
                                .contains(Instant.ofEpochSecond(0x6a122120)));
        assertThat(REMORA)
                .hasToString(
                        "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2");
    }

    @Test
    void it_is_no_cosignature_of_anything_else() {
        SignedNote.Signature signature = note.signatures().get(3);
        assertThat(REMORA.cosignedAt(checkpoint, signature)).isPresent();

        assertThat(
                        REMORA.cosignedAt(
                                new Checkpoint(checkpoint.origin(), 42, checkpoint.root()),
                                signature))
                .isEmpty();
        byte[] later = signature.bytes();
        later[7]++;
        assertThat(REMORA.cosignedAt(checkpoint, SignedNote.Signature.of(REMORA.written(), later)))
                .isEmpty();
        assertThat(
                        REMORA.cosignedAt(
                                checkpoint, SignedNote.Signature.of(REMORA.written(), new byte[8])))
                .isEmpty();
        note.signatures()
                .subList(0, 3)
                .forEach(other -> assertThat(REMORA.cosignedAt(checkpoint, other)).isEmpty());
    }

    @Test
    void what_is_cosigned_here_is_verified_here() {
        SigningKey key = SigningKey.generate("example.com/witness", new SecureRandom());
        Instant now = Instant.parse("2026-11-23T10:00:00.999Z");

        SignedNote.Signature signature = key.cosign(checkpoint, now);

        assertThat(key.cosigner().cosignedAt(checkpoint, signature))
                .contains(Instant.parse("2026-11-23T10:00:00Z"));
        assertThat(CosignerKey.parse(key.cosigner().toString())).isEqualTo(key.cosigner());
        assertThat(note.with(signature).verifiedBy(List.of(ARCHE))).containsExactly(ARCHE);
        assertThat(signature.isBy(key.verifier())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "remora.n621.de+da77ade7",
                "remora.n621.de+da77ade8+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
                "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f",
                "a b+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"
            })
    void what_is_no_key_of_a_witness_is_refused(String text) {
        assertThatThrownBy(() -> CosignerKey.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The example of C2SP tlog-witness. */
    private static final String REQUEST =
            """
            old 20852014
            PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
            jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
            5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
            /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
            — example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
            """;

    @Test
    void a_request_to_a_witness_is_read_and_written() {
        AddCheckpoint request = AddCheckpoint.parse(REQUEST);

        assertThat(request.oldSize()).isEqualTo(20_852_014);
        assertThat(request.proof()).hasSize(4);
        assertThat(Checkpoint.parse(request.checkpoint().text()).size()).isEqualTo(20_852_163);
        assertThat(request.write()).isEqualTo(REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "old 20852014|old 020852014",
                "old 20852014|old -1",
                "old 20852014|20852014",
                "old 20852014|old  20852014",
                "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=|PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw",
                "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=|AAAA",
                "\n\nexample|\nexample"
            })
    void a_request_of_another_form_is_refused(String change) {
        String[] parts = change.split("\\|");
        String text = REQUEST.replace(parts[0], parts[1]);

        assertThat(text).isNotEqualTo(REQUEST);
        assertThatThrownBy(() -> AddCheckpoint.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_request_with_too_long_a_proof_is_refused() {
        String line = "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n";
        String text = REQUEST.replace(line, line.repeat(61));

        assertThatThrownBy(() -> AddCheckpoint.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("63");
    }
}
