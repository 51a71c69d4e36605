package org.agreementledger.proof;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Canonicalization Scheme of RFC 8785 over plain trees of {@link Map}, {@link List},
 * {@link String}, {@link Boolean}, {@link Number} and null. What it cannot write exactly it
 * refuses: a lone surrogate, an integer beyond 2^53, a decimal that is not a double's shortest
 * form, NaN and the infinities.
 */
public final class CanonicalBytes {

    private static final BigInteger EXACT = BigInteger.TWO.pow(53);

    private CanonicalBytes() {}

    /**
     * @throws IllegalArgumentException for a value that RFC 8785 cannot carry exactly
     */
    public static byte[] of(@Nullable Object tree) {
        return text(tree).getBytes(StandardCharsets.UTF_8);
    }

    /** The same as text: encode it as UTF-8. */
    public static String text(@Nullable Object tree) {
        StringBuilder out = new StringBuilder();
        write(tree, out);
        return out.toString();
    }

    private static void write(@Nullable Object tree, StringBuilder out) {
        switch (tree) {
            case null -> out.append("null");
            case String text -> string(text, out);
            case Boolean flag -> out.append(flag.booleanValue());
            case Number number -> out.append(number(number));
            case Map<?, ?> object -> object(object, out);
            case List<?> array -> array(array, out);
            default ->
                    throw new IllegalArgumentException(
                            "not a JSON value: " + tree.getClass().getName());
        }
    }

    private static void object(Map<?, ?> object, StringBuilder out) {
        Map<String, Object> sorted = new TreeMap<>();
        object.forEach((name, value) -> {
            if (!(name instanceof String text)) {
                throw new IllegalArgumentException("not a JSON property name: " + name);
            }
            sorted.put(text, value);
        });
        out.append('{');
        String separator = "";
        for (Map.Entry<String, Object> member : sorted.entrySet()) {
            out.append(separator);
            string(member.getKey(), out);
            out.append(':');
            write(member.getValue(), out);
            separator = ",";
        }
        out.append('}');
    }

    private static void array(List<?> array, StringBuilder out) {
        out.append('[');
        Iterator<?> items = array.iterator();
        while (items.hasNext()) {
            write(items.next(), out);
            if (items.hasNext()) {
                out.append(',');
            }
        }
        out.append(']');
    }

    private static void string(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        if (Character.isSurrogate(c)) {
                            requirePair(text, i);
                        }
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static void requirePair(String text, int at) {
        boolean paired =
                Character.isHighSurrogate(text.charAt(at))
                        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
        if (!paired) {
            throw new IllegalArgumentException("a lone surrogate is not text");
        }
    }

    private static String number(Number number) {
        return switch (number) {
            case Integer i -> i.toString();
            case Long l -> integer(BigInteger.valueOf(l));
            case BigInteger big -> integer(big);
            case Double d -> ecmaScript(d);
            case BigDecimal decimal -> decimal(decimal);
            default ->
                    throw new IllegalArgumentException(
                            "not a JSON number: " + number.getClass().getName());
        };
    }

    private static String integer(BigInteger integer) {
        if (integer.abs().compareTo(EXACT) > 0) {
            throw new IllegalArgumentException(integer + " is beyond 2^53, write it as a string");
        }
        return integer.toString();
    }

    /** Two decimals that differ never become the same bytes. */
    private static String decimal(BigDecimal decimal) {
        String written = ecmaScript(decimal.doubleValue());
        if (new BigDecimal(written).compareTo(decimal) != 0) {
            throw new IllegalArgumentException(
                    decimal + " has more digits than a JSON number carries, write it as a string");
        }
        return written;
    }

    /** Number::toString of ECMA-262, section 6.1.6.1.20. */
    private static String ecmaScript(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(value + " is not a JSON number");
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal shortest = shortest(Math.abs(value));
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale();
        String sign = value < 0 ? "-" : "";
        if (point > 21 || point <= -6) {
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            int exponent = point - 1;
            return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "" : "+") + exponent;
        }
        return sign + shortest.toPlainString();
    }

    /**
     * The fewest digits that still read as this value. The JDK's are that, except that it chooses
     * among two digits where one would do: it writes 4.9E-324 where ECMAScript writes 5e-324.
     */
    private static BigDecimal shortest(double value) {
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (digits.precision() != 2) {
            return digits;
        }
        BigDecimal exact = new BigDecimal(value);
        return Stream.of(RoundingMode.DOWN, RoundingMode.UP)
                .map(rounding -> digits.round(new MathContext(1, rounding)).stripTrailingZeros())
                .filter(single -> single.doubleValue() == value)
                .min(Comparator.comparing(single -> single.subtract(exact).abs()))
                .orElse(digits);
    }
}
