package org.agreementledger.terms;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.agreementledger.proof.CanonicalBytes;
import org.jspecify.annotations.Nullable;

/**
 * What of a version is compared and fingerprinted: condition, key, statement, validTo and value, as
 * RFC 8785 canonical JSON. Equal contents, equal terms.
 */
public record Content(String canonical) {

    static Content of(TermKey key, Provision provision) {
        Map<String, Object> fields = new LinkedHashMap<>();
        putPresent(fields, "condition", provision.condition());
        fields.put("key", key.value());
        fields.put("statement", provision.statement());
        putPresent(
                fields,
                "validTo",
                provision.validTo() == null ? null : provision.validTo().date().toString());
        putPresent(fields, "value", provision.value() == null ? null : value(provision.value()));
        return new Content(CanonicalBytes.text(fields));
    }

    private static Map<String, Object> value(TermValue value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        switch (value) {
            case TermValue.Text v -> fields.put("text", v.text());
            case TermValue.Flag v -> fields.put("flag", v.flag());
            case TermValue.Money v -> {
                fields.put("amount", v.amount().canonical());
                fields.put("currency", v.currency());
            }
            case TermValue.Percentage v -> fields.put("percentage", v.percentage().canonical());
            case TermValue.Quantity v -> {
                fields.put("quantity", v.quantity().canonical());
                fields.put("unit", v.unit());
            }
            case TermValue.OnDay v -> fields.put("day", v.day().date().toString());
            case TermValue.Party v -> fields.put("party", v.party());
        }
        fields.put("type", value.type());
        if (value.qualifier() != null) {
            fields.put(
                    "qualifier",
                    value.qualifier().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        return fields;
    }

    private static void putPresent(
            Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
