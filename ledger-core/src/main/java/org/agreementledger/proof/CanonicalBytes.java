package org.agreementledger.proof;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Canonicalization Scheme of RFC 8785 over plain trees of {@link Map}, {@link List}, {@link
 * String}, {@link Boolean}, {@link Number} and null. What it cannot write exactly it refuses: a lone
 * surrogate, an integer beyond 2^53, NaN and the infinities.
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
        object.forEach((name, value) -> sorted.put((String) name, value));
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
            case BigDecimal decimal -> ecmaScript(decimal.doubleValue());
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

    /** Number::toString of ECMA-262, section 6.1.6.1.20, from the shortest digits of the JDK. */
    private static String ecmaScript(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(value + " is not a JSON number");
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal shortest = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
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
}
