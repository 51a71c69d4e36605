package org.agreementledger.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.agreementledger.agreement.Entry;
import org.agreementledger.api.entries.IdempotencyKey;
import org.agreementledger.api.http.Lines.Line;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.json.EntryJson;
import org.agreementledger.json.Malformed;
import org.agreementledger.proof.CanonicalBytes;
import org.junit.jupiter.api.Timeout;

/**
 * Bodies that are sent to be recorded, of which one line is one entry: each is refused as a
 * problem, or comes back from its canonical bytes.
 */
@Timeout(20)
class BodyFuzzTest {

    private static final IdempotencyKey KEY = new IdempotencyKey("key");

    @FuzzTest
    void is_refused_as_a_problem_or_comes_back(byte[] bytes) {
        for (Line line : LinesReader.lines(bytes).lines()) {
            try {
                Object tree = line.tree();
                Entry entry = EntryJson.submitted(tree, null);
                KEY.over("/v1/import", tree);
                comesBack(entry);
            } catch (Malformed e) {
                assertThat(e.getMessage()).isNotBlank();
            } catch (Rejected e) {
                assertThat(e.problem().status()).isBetween(400, 499);
            }
        }
    }

    private static void comesBack(Entry entry) {
        byte[] written = CanonicalBytes.of(EntryJson.write(entry));
        Entry again = EntryJson.submitted(new Line(1, written).tree(), null);
        assertThat(again).isEqualTo(entry);
        assertThat(CanonicalBytes.of(EntryJson.write(again))).isEqualTo(written);
    }
}
