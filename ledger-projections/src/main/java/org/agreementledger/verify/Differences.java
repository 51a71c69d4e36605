package org.agreementledger.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a verification has found so far: the first ones as they are, the others counted. */
final class Differences {

    private static final int KEPT_MAX = 100;

    private final List<Difference> kept = new ArrayList<>();
    private long count;

    void add(Difference difference) {
        count++;
        if (kept.size() < KEPT_MAX) {
            kept.add(difference);
        }
    }

    void addAll(Differences others) {
        kept.addAll(others.kept.subList(0, Math.min(others.kept.size(), KEPT_MAX - kept.size())));
        count += others.count;
    }

    /** Adds nothing where they are equal. */
    void compare(
            String table,
            String row,
            String field,
            @Nullable Object expected,
            @Nullable Object found) {
        if (!Objects.equals(expected, found)) {
            add(Difference.of(table, row, field, expected, found));
        }
    }

    long count() {
        return count;
    }

    List<Difference> kept() {
        return List.copyOf(kept);
    }
}
