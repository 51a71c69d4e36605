package org.agreementledger.api.dashboard;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Effect;
import org.agreementledger.agreement.Kind;
import org.agreementledger.agreement.Standing;
import org.agreementledger.agreement.Verdict;
import org.agreementledger.api.http.Limit;
import org.agreementledger.api.http.OrganisationId;
import org.agreementledger.entries.EntryFilter;
import org.agreementledger.readmodels.Slugs;
import org.agreementledger.search.SearchExpression;
import org.agreementledger.terms.TermKey;
import org.agreementledger.time.Rfc3339;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;

/**
 * What somebody typed into the form, and what it comes to.
 *
 * @param typed by the name of the field, in their order; what is empty is not there
 * @param read the same as their types; what cannot be read is not there
 * @param errors what is wrong, by the name of the field
 */
record AuditQuery(Map<String, String> typed, Map<String, Object> read, Map<String, String> errors) {

    /**
     * A parameter of {@code /v1/entries}, as a field.
     *
     * @param usual whether it is there from the start; the others unfold
     */
    record Field(String name, String label, Class<?> type, String example, boolean usual) {

        /** Of an enumeration. */
        public List<String> choices() {
            return type.isEnum()
                    ? Arrays.stream(type.getEnumConstants())
                            .map(constant -> Slugs.of((Enum<?>) constant))
                            .toList()
                    : List.of();
        }

        /** A browser shows in a field of days only what is a day, so what is wrong gets another. */
        public String input(@Nullable String error) {
            if (type.isEnum()) {
                return "select";
            }
            if (error == null && type == LocalDate.class) {
                return "date";
            }
            return error == null && type == Instant.class ? "datetime-local" : "text";
        }
    }

    private static final String INSTANT = "2026-03-01T00:00:00Z";

    static final List<Field> FIELDS =
            List.of(
                    usual("q", "Words", SearchExpression.class, "\"revenue share\" OR exclusiv*"),
                    usual("agreement", "Agreement", AgreementId.class, "its id"),
                    usual("kind", "Kind", Kind.class, ""),
                    usual("effect", "Effect on the terms", Effect.Sum.class, ""),
                    usual("verdict", "A claim was", Verdict.Finding.class, ""),
                    usual("occurredFrom", "Occurred from", LocalDate.class, "2026-02-27"),
                    usual("occurredTo", "Occurred until", LocalDate.class, "2026-02-27"),
                    other("party", "Organisation", OrganisationId.class, "openai"),
                    other("term", "Term", TermKey.class, "cloud.api.exclusivity"),
                    other("category", "Category", String.class, "exclusivity"),
                    other("standing", "Standing", Standing.class, ""),
                    other("actor", "Recorded by", String.class, "ada"),
                    other("ref", "Reference", String.class, "partnership-2019"),
                    other("recordedFrom", "Recorded from (UTC)", Instant.class, INSTANT),
                    other("recordedTo", "Recorded until (UTC)", Instant.class, INSTANT),
                    other("limit", "Entries on a page", Limit.class, "50"));

    private static final String WITHOUT_ZONE =
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,3})?)?";
    private static final int OF_A_PAGE = 50;

    private static Field usual(String name, String label, Class<?> type, String example) {
        return new Field(name, label, type, example, true);
    }

    private static Field other(String name, String label, Class<?> type, String example) {
        return new Field(name, label, type, example, false);
    }

    /**
     * @param given by the name of the field
     */
    static AuditQuery read(Map<String, String> given, ConversionService types) {
        AuditQuery query = new AuditQuery(new LinkedHashMap<>(), new HashMap<>(), new HashMap<>());
        for (Field field : FIELDS) {
            String text = given.getOrDefault(field.name(), "").strip();
            if (!text.isEmpty()) {
                query.read(field, text, types);
            }
        }
        query.checkOrder("occurredFrom", "occurredTo", LocalDate.class);
        query.checkOrder("recordedFrom", "recordedTo", Instant.class);
        return query;
    }

    private void read(Field field, String given, ConversionService types) {
        String text = field.type() == Instant.class ? inUtc(given) : given;
        typed.put(field.name(), text);
        try {
            read.put(field.name(), types.convert(text, field.type()));
        } catch (ConversionException e) {
            errors.put(field.name(), sentence(e));
        }
    }

    /** A field of day and time has no zone and may leave out the seconds. */
    private static String inUtc(String text) {
        if (!text.matches(WITHOUT_ZONE)) {
            return text;
        }
        return text.length() == "2026-03-01T00:00".length() ? text + ":00Z" : text + "Z";
    }

    private static String sentence(ConversionException e) {
        String message = String.valueOf((e.getCause() == null ? e : e.getCause()).getMessage());
        return message.endsWith(".") ? message : message + ".";
    }

    private <T extends Comparable<? super T>> void checkOrder(
            String from, String to, Class<T> type) {
        T start = get(from, type);
        T end = get(to, type);
        if (start != null && end != null && start.compareTo(end) > 0) {
            errors.put(from, "It is after " + typed.get(to) + ", where the range ends.");
        }
    }

    EntryFilter filter() {
        return new EntryFilter(
                typed.get("agreement"),
                typed.get("kind"),
                typed.get("party"),
                typed.get("actor"),
                typed.get("effect"),
                typed.get("verdict"),
                typed.get("term"),
                typed.get("category"),
                typed.get("standing"),
                typed.get("ref"),
                get("occurredFrom", LocalDate.class),
                get("occurredTo", LocalDate.class),
                get("recordedFrom", Instant.class),
                get("recordedTo", Instant.class),
                get("q", SearchExpression.class));
    }

    int limit() {
        Limit limit = get("limit", Limit.class);
        return limit == null ? OF_A_PAGE : limit.count();
    }

    private <T> @Nullable T get(String name, Class<T> type) {
        return type.cast(read.get(name));
    }

    /** Whether anything is asked in a field that has to unfold. */
    public boolean isUnusual() {
        return FIELDS.stream().anyMatch(field -> !field.usual() && typed.containsKey(field.name()));
    }

    /** As a field of its type shows it. */
    public String shown(Field field) {
        Object value = read.get(field.name());
        return switch (field.input(errors.get(field.name()))) {
            case "date" -> value == null ? "" : value.toString();
            case "datetime-local" ->
                    value == null ? "" : Rfc3339.text((Instant) value).replace("Z", "");
            default -> typed.getOrDefault(field.name(), "");
        };
    }
}
