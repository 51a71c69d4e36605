package org.agreementledger.entries;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.ImportedFrom;
import org.agreementledger.search.Fragment;
import org.jspecify.annotations.Nullable;

/**
 * An entry as answered by writes, audit queries and feeds. Effect, fingerprints and verdicts are
 * those of the moment it was recorded.
 *
 * @param position null in a dry run, like {@code sequence}, {@code eventId}, {@code recordedAt},
 *     {@code recordedBy} and {@code salt}
 * @param importedFrom where it had been recorded before; null for an entry of this ledger's own
 * @param occurredOn as given
 * @param correctedBy the sequence of the newest correction, as known now
 * @param entry as recorded
 * @param matches fragments around the words that were looked for; null where none were
 */
public record EntryAnswer(
        String agreementId,
        @Nullable Integer sequence,
        @Nullable Long position,
        @Nullable String eventId,
        String kind,
        @Nullable Instant recordedAt,
        @Nullable Actor recordedBy,
        @Nullable ImportedFrom importedFrom,
        String occurredOn,
        String title,
        @Nullable String standing,
        EffectAnswer effect,
        String fingerprintBefore,
        String fingerprintAfter,
        List<VerdictAnswer> verdicts,
        @Nullable Integer correctedBy,
        @Nullable Integer withdrawnBy,
        @Nullable Integer confirmedBy,
        Map<String, Object> entry,
        @Nullable String salt,
        @Nullable List<Fragment> matches) {

    /** The same answer with other links to what was recorded about it later. */
    public EntryAnswer withLinks(
            @Nullable Integer correctedBy,
            @Nullable Integer withdrawnBy,
            @Nullable Integer confirmedBy) {
        return new EntryAnswer(
                agreementId,
                sequence,
                position,
                eventId,
                kind,
                recordedAt,
                recordedBy,
                importedFrom,
                occurredOn,
                title,
                standing,
                effect,
                fingerprintBefore,
                fingerprintAfter,
                verdicts,
                correctedBy,
                withdrawnBy,
                confirmedBy,
                entry,
                salt,
                matches);
    }

    /** The same answer with where the words stand that were looked for. */
    EntryAnswer withMatches(List<Fragment> matches) {
        return new EntryAnswer(
                agreementId,
                sequence,
                position,
                eventId,
                kind,
                recordedAt,
                recordedBy,
                importedFrom,
                occurredOn,
                title,
                standing,
                effect,
                fingerprintBefore,
                fingerprintAfter,
                verdicts,
                correctedBy,
                withdrawnBy,
                confirmedBy,
                entry,
                salt,
                matches);
    }

    public record EffectAnswer(
            String sum,
            List<String> introduced,
            List<String> changed,
            List<String> retired,
            List<String> disclosed,
            List<String> corrected,
            boolean partiesChanged) {}

    public record VerdictAnswer(
            String key,
            String verdict,
            String since,
            @Nullable String claimed,
            @Nullable String held,
            List<Difference> difference) {}

    public record Difference(String op, String text) {}
}
