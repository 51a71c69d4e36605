package org.agreementledger.entries;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import org.agreementledger.search.Attribute;
import org.agreementledger.search.Criteria;
import org.agreementledger.search.SearchExpression;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are asked for; null means any. Ranges include both ends.
 *
 * @param party any organisation that the entry names
 * @param actor the id of who recorded it
 * @param verdict one that was found about any of its claims
 * @param term a key that the entry names
 * @param category of any version that the entry gives a term
 * @param words looked for in titles, summaries, statements and quotes
 */
public record EntryFilter(
        @Nullable String agreement,
        @Nullable String kind,
        @Nullable String party,
        @Nullable String actor,
        @Nullable String effect,
        @Nullable String verdict,
        @Nullable String term,
        @Nullable String category,
        @Nullable String standing,
        @Nullable String ref,
        @Nullable LocalDate occurredFrom,
        @Nullable LocalDate occurredTo,
        @Nullable Instant recordedFrom,
        @Nullable Instant recordedTo,
        @Nullable SearchExpression words) {

    public static final EntryFilter ANY =
            new EntryFilter(
                    null, null, null, null, null, null, null, null, null, null, null, null, null,
                    null, null);

    public static EntryFilter ofAgreement(String agreement) {
        return new EntryFilter(
                agreement, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null);
    }

    public static EntryFilter ofWords(SearchExpression words) {
        return new EntryFilter(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                words);
    }

    public Criteria criteria() {
        Map<Attribute, String> attributes = new EnumMap<>(Attribute.class);
        put(attributes, Attribute.AGREEMENT, agreement);
        put(attributes, Attribute.KIND, kind);
        put(attributes, Attribute.PARTY, party);
        put(attributes, Attribute.ACTOR, actor);
        put(attributes, Attribute.EFFECT, effect);
        put(attributes, Attribute.VERDICT, verdict);
        put(attributes, Attribute.TERM, term);
        put(attributes, Attribute.CATEGORY, category);
        put(attributes, Attribute.STANDING, standing);
        put(attributes, Attribute.REF, ref);
        return new Criteria(attributes, occurredFrom, occurredTo, recordedFrom, recordedTo, words);
    }

    private static void put(
            Map<Attribute, String> attributes, Attribute attribute, @Nullable String value) {
        if (value != null) {
            attributes.put(attribute, value);
        }
    }
}
