package org.agreementledger.search;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What can be found of one entry.
 *
 * @param texts in which words are looked for; a phrase does not run across two of them
 */
public record IndexedEntry(
        long position,
        String eventId,
        Map<Attribute, Collection<String>> attributes,
        LocalDate occurredOn,
        Instant recordedAt,
        List<String> texts) {}
