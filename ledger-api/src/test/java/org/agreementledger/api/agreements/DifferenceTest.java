package org.agreementledger.api.agreements;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceTest {

    private static String id;
    private static Object amended;

    private final Doors doors = Doors.shared();

    @BeforeAll
    static void an_amount_is_amended_and_then_corrected() {
        Doors doors = Doors.shared();
        id = doors.opened();
        amended =
                doors.post(
                                doors.entriesOf(id),
                                amendment("{'type': 'money', 'amount': '80', 'currency': 'USD'}"))
                        .json()
                        .get("position");
        Answer corrected =
                doors.post(
                        doors.entriesOf(id),
                        """
                        {'kind': 'correction', 'occurredOn': '2024-11-01', 'title': 'Off by ten', 'corrects': 2, 'reason': 'off by ten', 'replacement': %s}\
                        """
                                .formatted(
                                        amendment(
                                                "{'type': 'money', 'amount': '8.00', 'currency': 'USD'}")));
        assertThat(corrected.status()).as(corrected.body()).isEqualTo(201);
    }

    private static String amendment(String value) {
        return """
        {'kind': 'amendment', 'occurredOn': '2024-09-01', 'title': 'Cheaper',
         'terms': [{'action': 'change', 'key': 'price.unit', 'statement': '8 dollars each.', 'value': %s},
                   {'action': 'retire', 'key': 'supply.exclusivity'}],
         'partyChanges': [{'how': 'joining', 'to': {'id': 'initech', 'name': 'Initech'}}]}\
        """
                .formatted(value);
    }

    private Map<String, Object> difference(String query) {
        Answer answer = doors.get("/v1/agreements/" + id + "/diff?" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> terms(Map<String, Object> difference) {
        return (List<Map<String, Object>>) difference.get("terms");
    }

    @Test
    void two_days_differ_word_for_word_and_by_how_much() {
        Map<String, Object> difference = difference("from=2024-08-31&to=2024-09-01");
        Map<String, Object> price = terms(difference).getFirst();

        assertThat(price).containsEntry("key", "price.unit").containsEntry("outcome", "changed");
        assertThat(price.get("moved"))
                .isEqualTo(
                        Map.of(
                                "type", "money",
                                "amount", "-2.00",
                                "currency", "USD",
                                "percent", "-20.0"));
        assertThat(price.get("difference"))
                .isEqualTo(
                        List.of(
                                Map.of("op", "delete", "text", "10"),
                                Map.of("op", "insert", "text", "8"),
                                Map.of("op", "equal", "text", "dollars each.")));
        assertThat(terms(difference).getLast())
                .containsEntry("key", "supply.exclusivity")
                .containsEntry("outcome", "removed")
                .containsEntry("to", null);
        assertThat(difference.get("parties").toString())
                .isEqualTo("{added=[{id=initech, name=Initech}], removed=[]}");
    }

    @Test
    void the_later_point_may_come_first() {
        Map<String, Object> back = difference("from=2024-09-01&to=2024-08-31");
        assertThat(terms(back).getLast()).containsEntry("outcome", "added");
        assertThat(terms(back).getFirst().get("moved").toString())
                .contains("amount=2.00", "percent=25.0");
    }

    @Test
    void on_one_day_two_moments_show_what_a_correction_changed() {
        Map<String, Object> difference =
                difference("from=2024-10-01&to=2024-10-01&fromKnownAt=@" + amended);
        assertThat(terms(difference)).hasSize(1);
        assertThat(terms(difference).getFirst().get("moved").toString())
                .contains("amount=-72.00", "percent=-90.0");
        assertThat(terms(difference).getFirst()).containsEntry("difference", List.of());
    }

    @Test
    void what_is_equal_is_left_out() {
        assertThat(terms(difference("from=2024-10-01&to=today"))).isEmpty();
    }

    @Test
    void an_agreement_unknown_at_one_moment_is_all_added_and_at_both_not_found() {
        String before = "fromKnownAt=@" + opening() + "&from=today&to=today";
        assertThat(terms(difference(before)))
                .hasSize(1)
                .allSatisfy(term -> assertThat(term).containsEntry("outcome", "added"));
        assertThat(
                        doors.get(
                                        "/v1/agreements/"
                                                + id
                                                + "/diff?"
                                                + before
                                                + "&toKnownAt=@"
                                                + opening())
                                .status())
                .isEqualTo(404);
    }

    /** The last position at which nothing of it was known. */
    private long opening() {
        Object position = doors.get(doors.entriesOf(id) + "/1").json().get("position");
        return ((Number) position).longValue() - 1;
    }

    @ParameterizedTest
    @CsvSource({
        "from=2024-02-30&to=today, from",
        "to=today, from",
        "from=today, to",
        "from=today&to=today&fromKnownAt=@999999, fromKnownAt",
        "from=today&to=today&toKnownAt=2999-01-01T00:00:00Z, toKnownAt",
        "from=today&to=today&knownAt=now, knownAt"
    })
    void a_bad_parameter_is_named(String query, String parameter) {
        Answer answer = doors.get("/v1/agreements/" + id + "/diff?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json()).containsEntry("parameter", parameter);
    }
}
