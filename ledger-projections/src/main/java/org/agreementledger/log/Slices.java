package org.agreementledger.log;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All agreements, some at a time; several threads may take the slices in turns. */
public final class Slices {

    private final JdbcClient jdbc;
    private final int entries;
    private @Nullable String after;
    private boolean taken;

    /**
     * @param entries how many at least are in a slice, unless it is the last one
     */
    public Slices(JdbcClient jdbc, int entries) {
        this.jdbc = jdbc;
        this.entries = entries;
    }

    /** Empty after the last one. */
    public synchronized Optional<Slice> next() {
        if (taken) {
            return Optional.empty();
        }
        String last = lastOf(Slice.between(after, null));
        Slice next = Slice.between(after, last);
        after = last;
        taken = last == null;
        return Optional.of(next);
    }

    /** Null where the rest is no more than a slice. */
    private @Nullable String lastOf(Slice rest) {
        return jdbc.sql(
                        "select agreement_id from log_entry where "
                                + rest.where("agreement_id")
                                + " order by agreement_id, sequence offset :skipped rows fetch first row only")
                .params(rest.params())
                .param("skipped", entries - 1)
                .query(String.class)
                .optional()
                .orElse(null);
    }
}
