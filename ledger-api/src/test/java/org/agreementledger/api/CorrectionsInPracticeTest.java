package org.agreementledger.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.api.documents.Documents;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a ledger is set right without rewriting it, on the shipped example. Each scenario asks the
 * same questions before and after: what is recorded later changes what is known now, and nothing of
 * what was known then.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
@Timeout(120)
class CorrectionsInPracticeTest {

    private static final String AGREEMENT = "/v1/agreements/microsoft-openai";
    private static final String ENTRIES = AGREEMENT + "/entries";

    /** The last position of the example: what was known before any of this. */
    private static final String THEN = "&knownAt=@27";

    @Parameter TestDatabase database;

    private Doors doors;

    @BeforeEach
    void the_example_is_loaded(@TempDir Path folder) throws IOException {
        doors = Doors.to(LedgerNode.open(database.fresh(folder), Clock.systemUTC()));
        Answer loaded = doors.importing("/v1/import", example());
        assertThat(loaded.status()).as(loaded.body()).isEqualTo(200);
        assertThat(loaded.items()).hasSize(28);
    }

    @AfterEach
    void close() {
        doors.server().close();
    }

    /** One entry a line; an apostrophe in it would be taken for a quote. */
    private static String example() throws IOException {
        try (InputStream yaml =
                CorrectionsInPracticeTest.class.getResourceAsStream(
                        "/example/microsoft-openai.yaml")) {
            String text = new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
            JsonMapper json = new JsonMapper();
            return Documents.read(text).stream()
                    .map(document -> json.writeValueAsString(document.tree()).replace('\'', '’'))
                    .collect(Collectors.joining("\n"));
        }
    }

    // ---- a mistaken amount is corrected

    @Test
    void a_mistaken_amount_is_corrected() {
        // The filing of 29 October 2025, entry 13, disclosed a commitment of 13 billion dollars.
        String term = AGREEMENT + "/terms/investment.commitment?validOn=2025-11-30";
        String dayBefore = AGREEMENT + "/terms/investment.commitment?validOn=2025-10-27";
        String window = AGREEMENT + "/constancy?from=2025-10-28&to=2026-04-26";
        assertThat(amount(term)).isEqualTo("13000000000");
        Remembered remembered = new Remembered(term, dayBefore, window);
        String before = doors.get(dayBefore).body();
        Map<String, Object> recorded = doors.get(ENTRIES + "/13").json();

        Map<String, Object> correction =
                recorded(
                        """
                        {'kind': 'correction', 'occurredOn': '2026-11-20', 'title': 'Amount corrected',
                         'corrects': '2025-10-29-msft-10q', 'reason': 'A figure was misread.',
                         'replacement': {'kind': 'announcement', 'occurredOn': '2025-10-29', 'title': 'Microsoft Form 10-Q',
                          'ref': '2025-10-29-msft-10q', 'speakers': [{'id': 'microsoft', 'name': 'Microsoft'}],
                          'terms': [{'action': 'disclose', 'key': 'investment.commitment', 'validFrom': '2025-10-28',
                            'statement': 'Up to 13.8 billion dollars.',
                            'value': {'type': 'money', 'amount': '13800000000', 'currency': 'USD'}}]}}\
                        """);

        // It changed no term: we were wrong about one. The entry is as it was, but says so.
        assertThat(effect(correction))
                .containsEntry("sum", "corrected")
                .containsEntry("corrected", List.of("investment.commitment"))
                .containsEntry("changed", List.of());
        assertThat(doors.get(ENTRIES + "/13").json())
                .containsEntry("correctedBy", 29)
                .containsEntry("entry", recorded.get("entry"))
                .containsEntry("effect", recorded.get("effect"))
                .containsEntry("verdicts", recorded.get("verdicts"));

        // Now the amount is the right one, from the day since which it is known to hold.
        assertThat(amount(term)).isEqualTo("13800000000");
        assertThat(withoutKnownAt(doors.get(dayBefore).body())).isEqualTo(withoutKnownAt(before));
        assertThat(doors.get(window).json()).containsEntry("unchanged", true);
        remembered.isAsItWas();
    }

    // ---- an entry is withdrawn

    @Test
    void an_entry_that_should_not_have_been_recorded_is_withdrawn() {
        String term = AGREEMENT + "/terms/cloud.first_ship";
        String window = AGREEMENT + "/constancy?from=2026-05-02&to=2026-05-31";
        Map<String, Object> mistake =
                recorded(
                        """
                        {'kind': 'amendment', 'occurredOn': '2026-05-10', 'title': 'Of another agreement',
                         'terms': [{'action': 'retire', 'key': 'cloud.first_ship'}]}\
                        """);
        assertThat(effect(mistake)).containsEntry("retired", List.of("cloud.first_ship"));
        assertThat(isHeld(term + "?validOn=2026-05-09")).isTrue();
        assertThat(isHeld(term + "?validOn=2026-05-10")).isFalse();
        assertThat(outcome(window, "cloud.first_ship")).isEqualTo("retired");
        String withMistake = "&knownAt=@" + mistake.get("position");
        List<String> asked =
                List.of(
                        term + "?validOn=2026-05-10" + withMistake,
                        term + "?validOn=2026-05-10" + THEN,
                        window + withMistake,
                        window + THEN);
        List<String> before = bodies(asked);

        Map<String, Object> withdrawal =
                recorded(
                        """
                        {'kind': 'withdrawal', 'occurredOn': '2026-11-20', 'title': 'Withdrawn', 'withdraws': 29,
                         'reason': 'It belongs to another agreement.'}\
                        """);

        assertThat(effect(withdrawal)).containsEntry("corrected", List.of("cloud.first_ship"));
        assertThat(doors.get(ENTRIES + "/29").json())
                .containsEntry("withdrawnBy", 30)
                .containsEntry("effect", mistake.get("effect"));
        // The term holds again, as if it had never been said; but that it was said is still known.
        assertThat(isHeld(term + "?validOn=2026-05-10")).isTrue();
        assertThat(doors.get(window).json()).containsEntry("unchanged", true);
        assertThat(bodies(asked)).isEqualTo(before);
        assertThat(outcome(window + withMistake, "cloud.first_ship")).isEqualTo("retired");
    }

    // ---- a report is confirmed

    @Test
    void a_report_is_confirmed() {
        // Entry 3 is a report of March 2021: a broader licence, and a share of revenue.
        String scope = AGREEMENT + "/terms/ip.license.scope?validOn=2022-01-01";
        String earlier = AGREEMENT + "/terms/ip.license.scope?validOn=2021-02-28";
        String window = AGREEMENT + "/constancy?from=2021-02-01&to=2022-01-01";
        assertThat(text(scope)).isEqualTo("GPT-3");
        assertThat(text(scope + "&standing=all")).startsWith("models developed");
        assertThat(doors.get(window).json()).containsEntry("unchanged", true);
        assertThat(doors.get(window + "&standing=all").json()).containsEntry("unchanged", false);
        Remembered remembered = new Remembered(scope, scope + "&standing=all", earlier, window);

        Map<String, Object> confirmation =
                recorded(
                        """
                        {'kind': 'confirmation', 'occurredOn': '2026-11-20', 'title': 'Confirmed by a filing',
                         'confirms': '2021-03-second-investment',
                         'sources': [{'id': 's1', 'title': 'The filing', 'role': 'court'}]}\
                        """);

        assertThat(effect(confirmation))
                .containsEntry("corrected", List.of("ip.license.scope", "revenue_share.agreed"));
        assertThat(doors.get(ENTRIES + "/3").json())
                .containsEntry("confirmedBy", 29)
                .containsEntry("standing", "reported");
        // It counts from the day on which it occurred, not from the day on which it was confirmed.
        assertThat(text(scope)).startsWith("models developed");
        assertThat(text(earlier)).isEqualTo("GPT-3");
        assertThat(outcome(window, "ip.license.scope")).isEqualTo("changed");
        assertThat(outcome(window, "revenue_share.agreed")).isEqualTo("introduced");
        remembered.isAsItWas();
    }

    // ---- an amendment works backwards

    @Test
    void an_amendment_changes_a_term_retroactively() {
        String term = AGREEMENT + "/terms/azure.purchase_commitment?validOn=";
        String window = AGREEMENT + "/constancy?from=2026-04-28&to=2026-05-01";
        assertThat(doors.get(window).json()).containsEntry("unchanged", true);
        Remembered remembered =
                new Remembered(
                        term + "2026-04-30", term + "2026-05-01", term + "2026-11-20", window);

        Map<String, Object> amendment =
                recorded(
                        """
                        {'kind': 'amendment', 'occurredOn': '2026-11-20', 'effectiveOn': '2026-05-01', 'title': 'More, since May',
                         'terms': [{'action': 'change', 'key': 'azure.purchase_commitment', 'statement': '300 billion dollars.',
                           'value': {'type': 'money', 'amount': '300000000000', 'currency': 'USD'}}]}\
                        """);

        // The world changed, so this is a change, and no entry before it was wrong.
        assertThat(effect(amendment))
                .containsEntry("sum", "changed")
                .containsEntry("changed", List.of("azure.purchase_commitment"))
                .containsEntry("corrected", List.of());
        assertThat(amendment.get("fingerprintBefore"))
                .isNotEqualTo(amendment.get("fingerprintAfter"));
        assertThat(doors.get(ENTRIES + "/12").json()).containsEntry("correctedBy", null);

        assertThat(amount(term + "2026-04-30")).isEqualTo("250000000000");
        assertThat(amount(term + "2026-05-01")).isEqualTo("300000000000");
        assertThat(amount(term + "2026-05-01" + THEN)).isEqualTo("250000000000");
        assertThat(outcome(window, "azure.purchase_commitment")).isEqualTo("changed");
        remembered.isAsItWas();
    }

    // ---- asking

    /** Answers as known then, to be found again byte for byte. */
    private final class Remembered {

        private final List<String> asked;
        private final List<String> answers;

        Remembered(String... questions) {
            this.asked = List.of(questions).stream().map(question -> question + THEN).toList();
            this.answers = bodies(asked);
        }

        void isAsItWas() {
            assertThat(bodies(asked)).isEqualTo(answers);
        }
    }

    private List<String> bodies(List<String> paths) {
        return paths.stream()
                .map(path -> {
                    Answer answer = doors.get(path);
                    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                    return answer.body();
                })
                .toList();
    }

    private Map<String, Object> recorded(String entry) {
        Answer answer = doors.post(ENTRIES, entry);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    private static String withoutKnownAt(String body) {
        return body.replaceFirst("\"knownAt\":\"[^\"]*\"", "");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> effect(Map<String, Object> entry) {
        return (Map<String, Object>) entry.get("effect");
    }

    private boolean isHeld(String term) {
        return doors.get(term).json().get("term") != null;
    }

    private Object amount(String term) {
        return value(term).get("amount");
    }

    private String text(String term) {
        return String.valueOf(value(term).get("text"));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> value(String term) {
        Answer answer = doors.get(term);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return ((Map<String, Map<String, Object>>) answer.json().get("term")).get("value");
    }

    @SuppressWarnings("unchecked")
    private Object outcome(String window, String key) {
        List<Map<String, Object>> terms =
                (List<Map<String, Object>>) doors.get(window).json().get("terms");
        return terms.stream()
                .filter(term -> term.get("key").equals(key))
                .findFirst()
                .orElseThrow()
                .get("outcome");
    }
}
