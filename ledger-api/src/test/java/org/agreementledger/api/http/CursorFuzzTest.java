package org.agreementledger.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.upcoming.Upcoming;
import org.junit.jupiter.api.Timeout;
import org.springframework.mock.web.MockHttpServletRequest;

/**
 * Cursors from readers who made them up, also from one who knows how their digest is made: each is
 * refused as a problem, or leads to the place that it was made of.
 */
@Timeout(20)
class CursorFuzzTest {

    private static final MockHttpServletRequest REQUEST = request();

    private static MockHttpServletRequest request() {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/v1/entries");
        request.setServletPath("/v1/entries");
        request.addParameter("party", "acme");
        return request;
    }

    @FuzzTest
    void is_refused_as_a_problem_or_leads_back(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        leadsBack(text, Function.identity());
        String forged = Cursor.after(text, REQUEST);
        leadsBack(forged, Function.identity());
        leadsBack(forged, Long::valueOf);
        leadsBack(forged, AgreementId::new);
        leadsBack(forged, Upcoming.Place::parse);
    }

    private static <T> void leadsBack(String cursor, Function<String, T> place) {
        try {
            T at = Cursor.read(cursor, REQUEST, place).orElseThrow();
            assertThat(Cursor.read(Cursor.after(at, REQUEST), REQUEST, place)).contains(at);
        } catch (Rejected e) {
            assertThat(e.problem().status()).isEqualTo(400);
        }
    }
}
