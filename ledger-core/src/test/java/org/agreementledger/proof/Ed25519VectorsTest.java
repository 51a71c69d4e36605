package org.agreementledger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.agreementledger.json.JsonTrees;
import org.junit.jupiter.api.Test;

/** Wycheproof's signatures, among them those that careless verifiers take. */
class Ed25519VectorsTest {

    @Test
    @SuppressWarnings("unchecked")
    void every_signature_is_taken_or_refused_as_published() {
        byte[] json = JsonTrees.resource("/vectors/wycheproof/ed25519_test.json");
        Map<String, Object> all = JsonTrees.object(new String(json, StandardCharsets.UTF_8));
        int valid = 0;
        int invalid = 0;
        for (Map<String, Object> group : (List<Map<String, Object>>) all.get("testGroups")) {
            Map<String, Object> published = (Map<String, Object>) group.get("publicKey");
            VerifierKey key = VerifierKey.ed25519("wycheproof", hex(published, "pk"));
            assertThat(key.pem()).isEqualTo(group.get("publicKeyPem"));
            for (Map<String, Object> test : (List<Map<String, Object>>) group.get("tests")) {
                boolean right = test.get("result").equals("valid");
                assertThat(key.verifies(hex(test, "msg"), hex(test, "sig")))
                        .as("%s: %s", test.get("tcId"), test.get("comment"))
                        .isEqualTo(right);
                valid += right ? 1 : 0;
                invalid += right ? 0 : 1;
            }
        }
        assertThat(valid).isEqualTo(88);
        assertThat(invalid).isEqualTo(63);
    }

    private static byte[] hex(Map<String, Object> tree, String name) {
        return HexFormat.of().parseHex((String) tree.get(name));
    }
}
