package org.agreementledger.agreement;

import java.util.regex.Pattern;

/** The form of every id that people choose: {@code [a-z0-9][a-z0-9-]{0,63}}. */
public final class Slug {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    private Slug() {}

    /**
     * @throws IllegalArgumentException naming {@code what} and the form
     */
    public static String check(String what, String value) {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "'"
                            + (value.length() > 80 ? value.substring(0, 80) + "…" : value)
                            + "' is not a slug; the "
                            + what
                            + " takes 1 to 64 lower-case letters, digits and hyphens, and does not start with a hyphen");
        }
        return value;
    }
}
