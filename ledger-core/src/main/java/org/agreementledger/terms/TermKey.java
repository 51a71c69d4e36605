package org.agreementledger.terms;

import java.util.regex.Pattern;

/**
 * Names one term within its agreement, from the general to the special: {@code
 * cloud.api.exclusivity}.
 */
public record TermKey(String value) implements Comparable<TermKey> {

    private static final Pattern FORM = Pattern.compile("[a-z0-9_]++(\\.[a-z0-9_]++)*+");

    public TermKey {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "'"
                            + value
                            + "' is not a term key; use lower-case letters, digits and _ with dots between, like cloud.api.exclusivity");
        }
    }

    @Override
    public int compareTo(TermKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
