package org.agreementledger.json;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.agreementledger.agreement.Entry.Target;
import org.agreementledger.agreement.Slug;
import org.agreementledger.terms.Decimal;
import org.agreementledger.terms.TermKey;
import org.agreementledger.time.Day;
import org.jspecify.annotations.Nullable;

/**
 * One value of the tree at its place, read as what it should be. How it is called, and where it is,
 * is put into words only when somebody asks: most entries are well formed.
 */
public final class Place {

    private static final int SHORT_TEXT_LENGTH_MAX = 300;
    private static final int LONG_TEXT_LENGTH_MAX = 20_000;
    private static final int URL_LENGTH_MAX = 2_000;
    private static final int POINTED_NAME_LENGTH_MAX = 80;

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final @Nullable Object value;
    private final @Nullable Place parent;

    /** The name of a property, or of the whole; the number of an item of a list. */
    private final Object step;

    private final Gate gate;

    private Place(@Nullable Object value, @Nullable Place parent, Object step, Gate gate) {
        this.value = value;
        this.parent = parent;
        this.step = step;
        this.gate = gate;
    }

    /**
     * @param name what messages call the whole
     */
    public static Place root(@Nullable Object value, String name, Gate gate) {
        return new Place(value, null, name, gate);
    }

    /** A property of this object. */
    Place property(@Nullable Object itsValue, String name) {
        return new Place(itsValue, this, name, gate);
    }

    public @Nullable Object value() {
        return value;
    }

    Gate gate() {
        return gate;
    }

    /** What messages call it. */
    public String name() {
        return parent != null && step instanceof Integer
                ? parent.name() + "[" + step + "]"
                : step.toString();
    }

    /** RFC 6901, from the root of the entry. */
    public String pointer() {
        return parent == null ? "" : parent.pointer() + pointed(step.toString());
    }

    /** A name that is no text, or a page long, would make a pointer that nobody can follow. */
    private static String pointed(String name) {
        boolean writable =
                name.length() <= POINTED_NAME_LENGTH_MAX
                        && name.codePoints().allMatch(Place::isText);
        return writable ? "/" + name.replace("~", "~0").replace("/", "~1") : "";
    }

    public Malformed malformed(String message) {
        return new Malformed(message, pointer());
    }

    // ---- text

    public String shortText() {
        return text(SHORT_TEXT_LENGTH_MAX);
    }

    String longText() {
        return text(LONG_TEXT_LENGTH_MAX);
    }

    private String text(int lengthMax) {
        if (!(value instanceof String text)) {
            throw malformed(
                    "%s must be text, not %s%s"
                            .formatted(
                                    name(),
                                    described(),
                                    value instanceof Number || value instanceof Boolean
                                            ? ": put it in quotes"
                                            : ""));
        }
        if (text.isBlank()) {
            throw malformed(name() + " is blank; say something or leave it out");
        }
        requireCharacters(text);
        if (gate == Gate.SUBMITTED && text.length() > lengthMax) {
            requireLength(text.codePointCount(0, text.length()), lengthMax);
        }
        return text;
    }

    private void requireLength(int length, int lengthMax) {
        if (length > lengthMax) {
            throw malformed(
                    "%s has %d characters; at most %d are allowed"
                            .formatted(name(), length, lengthMax));
        }
    }

    private void requireCharacters(String text) {
        int place = 1;
        for (int i = 0; i < text.length(); place++) {
            int c = text.codePointAt(i);
            if (!isText(c)) {
                throw malformed(
                        "%s holds U+%04X as its character %d, which is %s; take it out"
                                .formatted(
                                        name(),
                                        c,
                                        place,
                                        Character.getType(c) == Character.SURROGATE
                                                ? "half of a surrogate pair and no text"
                                                : "a control character"));
            }
            i += Character.charCount(c);
        }
    }

    /** What JSON, XML and a terminal can all carry: no control character but tab and line ends. */
    static boolean isText(int c) {
        if (c >= ' ' && c <= '~') {
            return true;
        }
        return switch (c) {
            case '\t', '\n', '\r' -> true;
            case 0xFFFE, 0xFFFF -> false;
            default -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE;
        };
    }

    public String url() {
        String text = text(URL_LENGTH_MAX);
        if (gate == Gate.SUBMITTED && !isWebAddress(text)) {
            throw malformed(
                    "%s: '%s' is not a web address; it starts with http:// or https:// and has blanks and special characters percent-encoded"
                            .formatted(name(), Told.clip(text)));
        }
        return text;
    }

    private static boolean isWebAddress(String text) {
        try {
            URI uri = new URI(text);
            return uri.getScheme() != null
                    && uri.getScheme().toLowerCase(Locale.ROOT).matches("https?")
                    && uri.getRawAuthority() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    String sha256() {
        String text = shortText();
        if (!SHA256.matcher(text).matches()) {
            throw malformed(
                    "%s: '%s' is not a SHA-256; write its 64 hexadecimal digits in lower case"
                            .formatted(name(), Told.clip(text)));
        }
        return text;
    }

    // ---- text of a form

    String slug() {
        return formed(text -> Slug.check(name(), text));
    }

    TermKey key() {
        return formed(TermKey::new);
    }

    Decimal decimal() {
        if (value instanceof Number) {
            throw malformed(
                    name()
                            + " must be a string of digits like \"12.50\", not a number: decimals never pass through a binary floating-point number");
        }
        return formed(Decimal::new);
    }

    /** As text, or as the number that YAML makes of an unquoted {@code 2021}. */
    Day day() {
        if (value instanceof Number number && !isYear(number)) {
            throw malformed(
                    name()
                            + " must be a day like \"2026-02-27\", \"2026-02\" or \"2026\", not this number: put it in quotes");
        }
        Place text =
                value instanceof Number ? new Place(value.toString(), parent, step, gate) : this;
        Day day = text.formed(Day::parse);
        if (gate == Gate.SUBMITTED && !day.isInRange()) {
            throw malformed(
                    "%s: %s lies outside the years %d to %d that the ledger takes; leave an end out where there is none"
                            .formatted(name(), day, Day.YEAR_MIN, Day.YEAR_MAX));
        }
        return day;
    }

    private static boolean isYear(Number number) {
        return (number instanceof Integer || number instanceof Long)
                && number.longValue() >= 1000
                && number.longValue() <= 9999;
    }

    public <T> T formed(Function<String, T> read) {
        String text = shortText();
        try {
            return read.apply(text);
        } catch (IllegalArgumentException e) {
            throw malformed(
                    name() + ": " + String.valueOf(e.getMessage()).replace(text, Told.clip(text)));
        }
    }

    // ---- the rest

    public boolean flag() {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw malformed(name() + " must be true or false, without quotes, not " + described());
    }

    public <E extends Enum<E>> E oneOf(Class<E> type) {
        String text = shortText();
        int constant = EnumNames.all(type).indexOf(text);
        if (constant < 0) {
            throw unknown(text, EnumNames.all(type));
        }
        return type.getEnumConstants()[constant];
    }

    Malformed unknown(String text, List<String> names) {
        return malformed(
                "%s must be one of %s, not '%s'%s"
                        .formatted(
                                name(),
                                String.join(", ", names),
                                Told.clip(text),
                                Told.nearMiss(text, names)));
    }

    /** An entry of the same agreement, by its sequence (a number) or its ref (text). */
    Target target() {
        if (value instanceof String) {
            return new Target.ByRef(slug());
        }
        if ((value instanceof Integer || value instanceof Long)
                && ((Number) value).longValue() >= 1
                && ((Number) value).longValue() <= Integer.MAX_VALUE) {
            return new Target.BySequence(((Number) value).intValue());
        }
        throw malformed(
                name()
                        + " must name an entry: its sequence, a whole number from 1, or its ref, which is text; not "
                        + described());
    }

    <T> List<T> list(int countMax, Function<Place, T> read) {
        if (!(value instanceof List<?> items)) {
            throw malformed(name() + " must be a list, not " + described());
        }
        if (gate == Gate.SUBMITTED && items.size() > countMax) {
            throw malformed(
                    "%s has %d items; at most %d are allowed"
                            .formatted(name(), items.size(), countMax));
        }
        List<T> list = new ArrayList<>(items.size());
        for (Object item : items) {
            Place place = new Place(item, this, list.size(), gate);
            if (item == null) {
                throw place.malformed(
                        place.name() + ": leave absent items out; null is not allowed");
            }
            list.add(read.apply(place));
        }
        return List.copyOf(list);
    }

    public String described() {
        return switch (value) {
            case null -> "null";
            case String _ -> "text";
            case Number number -> "the number " + Told.clip(number.toString());
            case Boolean flag -> flag.toString();
            case List<?> _ -> "a list";
            case Map<?, ?> _ -> "an object";
            default -> "a " + value.getClass().getSimpleName();
        };
    }
}
