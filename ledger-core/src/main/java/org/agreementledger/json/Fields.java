package org.agreementledger.json;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One object of the tree: refuses null and every property that nobody knows. */
public final class Fields {

    private final Place place;
    private final String what;
    private final Map<?, ?> values;

    private Fields(Place place, String what, Map<?, ?> values) {
        this.place = place;
        this.what = what;
        this.values = values;
    }

    /** An object whose properties depend on one of them: read that one, then say {@link #only}. */
    static Fields of(Place place, String what) {
        if (!(place.value() instanceof Map<?, ?> values)) {
            throw place.malformed(place.name() + " must be an object, not " + place.described());
        }
        Fields fields = new Fields(place, what, values);
        for (Map.Entry<?, ?> field : values.entrySet()) {
            if (!(field.getKey() instanceof String name)) {
                throw place.malformed(
                        "%s has the property %s, whose name is not text: put it in quotes"
                                .formatted(what, Told.clip(String.valueOf(field.getKey()))));
            }
            if (field.getValue() == null) {
                throw fields.at(name)
                        .malformed(
                                Told.clip(name) + ": leave absent fields out; null is not allowed");
            }
        }
        return fields;
    }

    public static Fields of(Place place, String what, List<String> allowed) {
        return of(place, what).only(what, allowed);
    }

    /** The same object, known to be {@code what} and to carry nothing but the {@code allowed}. */
    Fields only(String what, List<String> allowed) {
        for (Object key : values.keySet()) {
            String name = (String) key;
            if (!allowed.contains(name)) {
                throw at(name).malformed(
                                "unknown property '%s'; %s may carry: %s%s"
                                        .formatted(
                                                Told.clip(name),
                                                what,
                                                String.join(", ", allowed),
                                                Told.nearMiss(name, allowed)));
            }
        }
        return new Fields(place, what, values);
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** The place of a property, whether or not it is there. */
    public Place at(String name) {
        return place.property(values.get(name), name);
    }

    public Place required(String name) {
        return required(name, "");
    }

    /**
     * @param hint how to mend it, after the rule
     */
    Place required(String name, String hint) {
        return required(name, () -> hint);
    }

    Place required(String name, Supplier<String> hint) {
        Place property = at(name);
        if (property.value() == null) {
            throw property.malformed(name + " is required for " + what + hint.get());
        }
        return property;
    }

    public <T> @Nullable T optional(String name, Function<Place, T> read) {
        Object value = values.get(name);
        return value == null ? null : read.apply(place.property(value, name));
    }

    /** Empty where it is left out. */
    <T> List<T> list(String name, int countMax, Function<Place, T> read) {
        return has(name) ? at(name).list(countMax, read) : List.of();
    }
}
