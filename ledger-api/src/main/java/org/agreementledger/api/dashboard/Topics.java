package org.agreementledger.api.dashboard;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.agreementledger.asof.VersionsAnswer;
import org.jspecify.annotations.Nullable;

/**
 * What the terms of an agreement are about, and the colour of each topic: the same on every day and
 * at every moment.
 */
record Topics(Map<String, Integer> colours) {

    /** There are so many; topics take them in turn. */
    private static final int COLOURS = 8;

    /**
     * @param all of every version ever told of
     */
    static Topics of(VersionsAnswer all) {
        SortedSet<String> names = new TreeSet<>();
        all.versions().forEach(version -> names.add(name(version.key(), version.category())));
        Map<String, Integer> colours = new HashMap<>();
        names.forEach(name -> colours.put(name, colours.size() % COLOURS));
        return new Topics(colours);
    }

    /** The first part of the key; of a key in one part, its category. */
    static String name(String key, @Nullable String category) {
        int dot = key.indexOf('.');
        return dot > 0 ? key.substring(0, dot) : Objects.requireNonNullElse(category, key);
    }

    int colour(String name) {
        return colours.getOrDefault(name, 0);
    }
}
