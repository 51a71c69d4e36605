package org.agreementledger.terms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.agreementledger.json.EntryJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MovementTest {

    private static String money(String from, String to) {
        return moved(
                Map.of("type", "money", "amount", from, "currency", "USD"),
                Map.of("type", "money", "amount", to, "currency", "USD"));
    }

    private static String moved(Map<String, ?> from, Map<String, ?> to) {
        return Movement.between(EntryJson.storedValue(from), EntryJson.storedValue(to))
                .map(EntryJson::write)
                .map(Object::toString)
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1250.00 | 1000  | amount=-250.00, currency=USD, percent=-20.0",
                "10      | 13    | amount=3, currency=USD, percent=30.0",
                "0.1     | 0.3   | amount=0.2, currency=USD, percent=200.0",
                "0       | 5     | amount=5, currency=USD",
                "-100    | -50   | amount=50, currency=USD, percent=50.0",
                "800     | 802   | amount=2, currency=USD, percent=0.2",
                "800     | 806   | amount=6, currency=USD, percent=0.8",
                "110000000000 | 110000000000.000000000000000001 | amount=0.000000000000000001, currency=USD, percent=0.0"
            })
    void money_moves_exactly_and_percent_rounds_half_to_even(String from, String to, String by) {
        assertThat(money(from, to)).isEqualTo("{type=money, " + by + "}");
    }

    @Test
    void the_same_amount_written_otherwise_has_not_moved() {
        assertThat(money("12.50", "12.5")).isEqualTo("none");
    }

    @Test
    void a_percentage_moves_in_points() {
        assertThat(
                        moved(
                                Map.of("type", "percentage", "percentage", "27"),
                                Map.of("type", "percentage", "percentage", "20.5")))
                .isEqualTo("{type=percentage, points=-6.5}");
    }

    @Test
    void a_day_moves_by_days_and_by_a_period() {
        assertThat(
                        moved(
                                Map.of("type", "day", "day", "2030"),
                                Map.of("type", "day", "day", "2032-12-31")))
                .isEqualTo("{type=day, days=1095, period=P2Y11M30D}");
    }

    @Test
    void quantities_move_in_their_unit_and_nothing_is_measured_by_something_else() {
        Map<String, String> power = Map.of("type", "quantity", "quantity", "250", "unit", "MW");
        assertThat(moved(power, Map.of("type", "quantity", "quantity", "1000", "unit", "MW")))
                .isEqualTo("{type=quantity, quantity=750, unit=MW, percent=300.0}");
        assertThat(moved(power, Map.of("type", "quantity", "quantity", "1", "unit", "GW")))
                .isEqualTo("none");
        assertThat(
                        moved(
                                Map.of("type", "money", "amount", "1", "currency", "USD"),
                                Map.of("type", "money", "amount", "2", "currency", "EUR")))
                .isEqualTo("none");
        assertThat(moved(power, Map.of("type", "text", "text", "much"))).isEqualTo("none");
    }
}
