package org.agreementledger.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agreementledger.json.JsonTrees;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalBytesTest {

    @ParameterizedTest
    @ValueSource(strings = {"arrays", "french", "structures", "unicode", "values", "weird"})
    void the_vectors_of_rfc_8785_come_out_byte_for_byte(String name) {
        String input =
                new String(
                        JsonTrees.resource("/vectors/jcs/input/" + name + ".json"),
                        StandardCharsets.UTF_8);

        byte[] canonical = CanonicalBytes.of(JsonTrees.parse(input));

        assertThat(canonical)
                .isEqualTo(JsonTrees.resource("/vectors/jcs/output/" + name + ".json"));
    }

    @ParameterizedTest
    @CsvSource({
        "333333333.33333329, 333333333.3333333",
        "1E30, 1e+30",
        "4.50, 4.5",
        "2e-3, 0.002",
        "0.000000000000000000000000001, 1e-27",
        "-0, 0",
        "0, 0",
        "5e-324, 5e-324",
        "-5e-324, -5e-324",
        "2e-323, 2e-323",
        "2.2250738585072014e-308, 2.2250738585072014e-308",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "9007199254740992, 9007199254740992",
        "2e23, 2e+23",
        "123456789012345680000, 123456789012345680000",
        "1e21, 1e+21",
        "999999999999999900000, 999999999999999900000",
        "0.000001, 0.000001",
        "0.0000001, 1e-7",
        "-0.0000033333333333333333, -0.0000033333333333333333"
    })
    void a_double_is_written_as_ecmascript_writes_it(double value, String text) {
        assertThat(CanonicalBytes.text(value)).isEqualTo(text);
    }

    /** Appendix B of RFC 8785. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    void the_number_samples_of_rfc_8785_come_out_alike(String bits, String text) {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));

        assertThat(CanonicalBytes.text(value)).isEqualTo(text);
    }

    @Test
    void a_whole_number_up_to_two_to_the_53rd_is_exact() {
        assertThat(CanonicalBytes.text(9007199254740992L)).isEqualTo("9007199254740992");
        assertThat(CanonicalBytes.text(new BigInteger("-9007199254740992")))
                .isEqualTo("-9007199254740992");
        assertThat(CanonicalBytes.text(17)).isEqualTo("17");
    }

    @Test
    void a_decimal_is_written_where_no_digit_is_lost() {
        assertThat(CanonicalBytes.text(new BigDecimal("12.50"))).isEqualTo("12.5");
        assertThat(CanonicalBytes.text(new BigDecimal("1E30"))).isEqualTo("1e+30");
    }

    @ParameterizedTest
    @ValueSource(strings = {"333333333.33333329", "9007199254740993", "1e400", "1e-400"})
    void a_decimal_that_a_number_cannot_carry_is_refused(BigDecimal decimal) {
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalBytes.of(decimal));
    }

    @Test
    void an_integer_beyond_two_to_the_53rd_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CanonicalBytes.of(9007199254740993L))
                .withMessageContaining("9007199254740993")
                .withMessageContaining("as a string");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CanonicalBytes.of(new BigInteger("-9007199254740993")));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void what_is_no_number_is_refused(double value) {
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalBytes.of(value));
    }

    @Test
    void a_lone_surrogate_is_refused_wherever_it_stands() {
        for (String lone :
                List.of(
                        "\uD83D",
                        "\uDE00",
                        "a\uDE00\uD83Db",
                        "\uD83D\uD83D\uDE00",
                        "\uD83D\uDE00\uDE00")) {
            assertThatIllegalArgumentException()
                    .as(lone)
                    .isThrownBy(() -> CanonicalBytes.of(lone))
                    .withMessageContaining("lone surrogate");
            assertThatIllegalArgumentException()
                    .as(lone)
                    .isThrownBy(() -> CanonicalBytes.of(Map.of(lone, 1)));
        }
        assertThat(CanonicalBytes.text("\uD83D\uDE00")).isEqualTo("\"😀\"");
    }

    @Test
    void what_json_does_not_have_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalBytes.of(Map.of(1, 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalBytes.of('c'));
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalBytes.of(1.5f));
    }

    @Test
    void control_characters_are_escaped_in_the_shortest_way() {
        assertThat(CanonicalBytes.text("\b\f\n\r\t\u0000\u001f\u007f\"\\/"))
                .isEqualTo("\"\\b\\f\\n\\r\\t\\u0000\\u001f\u007f\\\"\\\\/\"");
    }

    @Test
    void null_true_and_false_are_written_out() {
        List<Object> literals = new ArrayList<>();
        literals.add(null);
        literals.add(true);
        literals.add(false);

        assertThat(CanonicalBytes.text(literals)).isEqualTo("[null,true,false]");
    }
}
