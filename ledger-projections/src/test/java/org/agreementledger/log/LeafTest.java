package org.agreementledger.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Kind;
import org.agreementledger.axon.Actor;
import org.junit.jupiter.api.Test;

class LeafTest {

    private static final LogEntry ENTRY =
            new LogEntry(
                    16,
                    "0f8fad5b-d9cb-469f-a165-70867728950e",
                    new AgreementId("microsoft-openai"),
                    17,
                    Kind.FUNDING_ROUND,
                    Instant.parse("2026-03-01T09:30:00.120Z"),
                    new Actor("Ada \"A\" Lovelace, née Byron €", "local"),
                    "00".repeat(32),
                    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    /** A leaf is for ever: whoever changes these bytes takes another schema. */
    @Test
    void a_leaf_has_the_bytes_of_the_golden_file() throws IOException {
        try (InputStream golden = LeafTest.class.getResourceAsStream("/golden/leaf-v1.json")) {
            assertThat(Leaf.of(ENTRY).bytes()).isEqualTo(golden.readAllBytes());
        }
    }

    /** Worked out with sha256sum: printf '\0' | cat - leaf-v1.json | sha256sum. */
    @Test
    void its_hash_can_be_had_from_other_tools() {
        assertThat(Leaf.of(ENTRY).hash().hex())
                .isEqualTo("a6c5a33d44bafd62b06c50eb1c6db7751932213aea29f49ebe27b8503bcd98b7");
    }

    @Test
    void what_is_random_beside_the_entry_is_not_in_its_leaf() {
        assertThat(Leaf.of(ENTRY).text()).doesNotContain(ENTRY.salt());
    }
}
