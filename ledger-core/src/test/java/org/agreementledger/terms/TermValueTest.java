package org.agreementledger.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.agreementledger.terms.TermValue.Money;
import org.agreementledger.terms.TermValue.OnDay;
import org.agreementledger.terms.TermValue.Qualifier;
import org.agreementledger.terms.TermValue.Quantity;
import org.agreementledger.time.Day;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TermValueTest {

    @ParameterizedTest
    @CsvSource({
        "12.50, 12.5",
        "12.0, 12",
        "0.00, 0",
        "-0.0, 0",
        "100, 100",
        "-1.10, -1.1",
        "110000000000, 110000000000",
        "0.000000000000000001, 0.000000000000000001"
    })
    void a_decimal_equals_its_shortest_form_and_is_shown_as_given(String given, String shortest) {
        Decimal decimal = new Decimal(given);
        assertThat(decimal)
                .isEqualTo(new Decimal(shortest))
                .hasSameHashCodeAs(new Decimal(shortest));
        assertThat(decimal.canonical()).isEqualTo(shortest);
        assertThat(decimal).hasToString(given);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "+1", "1e3", "1,000", ".5", "5.", "01", "--1", "NaN", "٥", "1 000", "1\n"
            })
    void another_form_of_number_is_refused(String given) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Decimal(given))
                .withMessageContaining("'" + given + "'");
    }

    @Test
    void values_are_equal_by_amount_unit_and_qualifier() {
        Money dollars = new Money(new Decimal("12.50"), "USD", null);
        assertThat(dollars).isEqualTo(new Money(new Decimal("12.5"), "USD", null));
        assertThat(dollars).isNotEqualTo(new Money(new Decimal("12.5"), "EUR", null));
        assertThat(dollars).isNotEqualTo(new Money(new Decimal("12.5"), "USD", Qualifier.UP_TO));
        assertThat(new OnDay(Day.parse("2032"), null))
                .isEqualTo(new OnDay(Day.parse("2032-01-01"), null));
        assertThat(new Quantity(new Decimal("250"), "MW", null))
                .isNotEqualTo(new Quantity(new Decimal("250"), "GW", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"usd", "US", "USDT", "", "US$", "ÄÖÜ"})
    void a_currency_has_three_capital_letters(String currency) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Money(new Decimal("1"), currency, null))
                .withMessageContaining("'" + currency + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rate", "cloud.api.exclusivity", "a_1.b_2", "_", "0"})
    void a_key_has_dotted_parts(String key) {
        assertThat(new TermKey(key)).hasToString(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "A", "a-b", "a b", "*", "é", "a\n"})
    void another_form_of_key_is_refused(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> new TermKey(key));
    }

    @Test
    void a_key_of_any_length_is_read_without_deep_recursion() {
        assertThat(new TermKey("a" + ".b".repeat(100_000)).value()).hasSize(200_001);
    }
}
