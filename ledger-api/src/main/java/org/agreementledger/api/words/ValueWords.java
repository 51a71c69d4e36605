package org.agreementledger.api.words;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Typed values as a person writes them. */
public final class ValueWords {

    private ValueWords() {}

    /** Of any type: {@code about 27 %}. */
    public static String value(Map<String, Object> value) {
        Object qualifier = value.get("qualifier");
        String exact =
                switch (String.valueOf(value.get("type"))) {
                    case "flag" -> Boolean.TRUE.equals(value.get("flag")) ? "yes" : "no";
                    case "money" -> grouped(value.get("amount")) + " " + value.get("currency");
                    case "percentage" -> value.get("percentage") + " %";
                    case "quantity" -> value.get("quantity") + " " + value.get("unit");
                    case String type -> String.valueOf(value.get(type));
                };
        return qualifier == null ? exact : qualifier.toString().replace('-', ' ') + " " + exact;
    }

    private static String grouped(@Nullable Object amount) {
        String[] parts = String.valueOf(amount).split("\\.", 2);
        String whole = parts[0].replaceAll("(?<=\\d)(?=(\\d{3})+$)", ",");
        return parts.length == 1 ? whole : whole + "." + parts[1];
    }
}
