package org.agreementledger.log;

import java.util.Map;
import org.agreementledger.agreement.AgreementId;
import org.jspecify.annotations.Nullable;

/**
 * Agreements whose ids lie beside each other in the order of the database. All slices together
 * leave out no id that could be there, so that rows of an agreement that was never opened are found
 * too.
 *
 * @param condition on the column {@code %s}
 */
public record Slice(String condition, Map<String, Object> params) {

    public static Slice of(AgreementId agreementId) {
        return of(agreementId.value());
    }

    public static Slice of(String agreementId) {
        return new Slice("%s = :only", Map.of("only", agreementId));
    }

    /**
     * @param after null for the first one
     * @param last null for the last one
     */
    static Slice between(@Nullable String after, @Nullable String last) {
        if (after == null) {
            return last == null
                    ? new Slice("%s is not null", Map.of())
                    : new Slice("%s <= :last", Map.of("last", last));
        }
        return last == null
                ? new Slice("%s > :after", Map.of("after", after))
                : new Slice(
                        "%1$s > :after and %1$s <= :last", Map.of("after", after, "last", last));
    }

    public String where(String column) {
        return condition.formatted(column);
    }
}
