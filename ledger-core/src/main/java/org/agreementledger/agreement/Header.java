package org.agreementledger.agreement;

import java.util.List;
import org.agreementledger.terms.TermKey;
import org.agreementledger.time.Day;
import org.jspecify.annotations.Nullable;

/**
 * What every entry says of itself.
 *
 * @param occurredOn for an instrument the day it was executed, for a statement the day it was made
 * @param effectiveOn null where it is {@code occurredOn}
 * @param disclosedOn first public or received; null where it is {@code occurredOn}
 * @param summary neutral, in the recorder's words
 * @param standing null where it is not said: confirmed, or for a replacement that of the entry it
 *     corrects; always null for corrections, withdrawals and confirmations
 * @param instrument a slug: side-letter, filing, press-release
 * @param ref the entry's own handle, unique within the agreement
 */
public record Header(
        AgreementId agreementId,
        Day occurredOn,
        @Nullable Day effectiveOn,
        @Nullable Day disclosedOn,
        String title,
        @Nullable String summary,
        @Nullable Standing standing,
        boolean binding,
        @Nullable String instrument,
        @Nullable String ref,
        List<Identifier> identifiers,
        List<Source> sources,
        List<Concern> concerns) {

    /** A number somebody else gave the document: {@code sec-accession}. */
    public record Identifier(String scheme, String id) {}

    /** A term that the entry relates to or contests, without touching it. */
    public record Concern(TermKey key, How how) {
        public enum How {
            RELATES,
            CONTESTS
        }
    }

    /** The day on which the entry takes effect. */
    public Day takesEffectOn() {
        return effectiveOn == null ? occurredOn : effectiveOn;
    }
}
