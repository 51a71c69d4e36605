package org.agreementledger.search;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an entry must be, all of it; null means any. Ranges include both ends.
 *
 * @param attributes of each, the one value that is asked for
 */
public record Criteria(
        Map<Attribute, String> attributes,
        @Nullable LocalDate occurredFrom,
        @Nullable LocalDate occurredTo,
        @Nullable Instant recordedFrom,
        @Nullable Instant recordedTo,
        @Nullable SearchExpression words) {}
