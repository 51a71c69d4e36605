package org.agreementledger.api.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agreementledger.agreement.Entry;
import org.agreementledger.json.EntryJson;
import org.agreementledger.json.Malformed;
import org.agreementledger.proof.CanonicalBytes;
import org.junit.jupiter.api.Timeout;

/**
 * Files to import, as YAML, JSON, an array or lines: what is wrong with one is told with its line,
 * and what is taken comes back from what is written of it.
 */
@Timeout(20)
class DocumentsFuzzTest {

    @FuzzTest
    void is_refused_with_its_line_or_comes_back(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            Documents.read(text).forEach(DocumentsFuzzTest::entry);
        } catch (Unreadable e) {
            assertThat(e.line()).isPositive();
        }
    }

    private static void entry(Document document) {
        try {
            comesBack(EntryJson.submitted(document.tree(), null));
        } catch (Malformed e) {
            assertThat(document.line(e.pointer())).isPositive();
        } catch (Unreadable e) {
            assertThat(e.line()).isPositive();
        }
    }

    private static void comesBack(Entry entry) {
        List<Document> written = Documents.read(CanonicalBytes.text(EntryJson.write(entry)));
        assertThat(written)
                .singleElement()
                .extracting(document -> EntryJson.submitted(document.tree(), null))
                .isEqualTo(entry);
        assertThat(EntryJson.stored(EntryJson.write(entry))).isEqualTo(entry);
    }
}
