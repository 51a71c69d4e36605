package org.agreementledger.feed;

import java.util.Set;
import java.util.stream.Collectors;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.entries.EntryAnswer.VerdictAnswer;
import org.agreementledger.entries.EntryFilter;
import org.jspecify.annotations.Nullable;

/**
 * Which entries a feed carries; null means any. All of it is of the moment an entry was recorded,
 * so that an entry never enters or leaves a feed later.
 *
 * @param verdict one that was found about any of its claims
 */
public record FeedFilter(
        @Nullable String agreement,
        @Nullable String kind,
        @Nullable String effect,
        @Nullable String verdict) {

    public static final FeedFilter ANY = new FeedFilter(null, null, null, null);

    public static FeedFilter ofAgreement(String agreement) {
        return new FeedFilter(agreement, null, null, null);
    }

    EntryFilter entries() {
        return new EntryFilter(
                agreement, kind, null, null, effect, verdict, null, null, null, null, null, null,
                null, null, null);
    }

    /**
     * What of an entry a filter looks at.
     *
     * @param effect in sum
     */
    public record Traits(String agreement, String kind, String effect, Set<String> verdicts) {

        public static Traits of(EntryAnswer entry) {
            return new Traits(
                    entry.agreementId(),
                    entry.kind(),
                    entry.effect().sum(),
                    entry.verdicts().stream()
                            .map(VerdictAnswer::verdict)
                            .collect(Collectors.toUnmodifiableSet()));
        }
    }

    /** Whether a query would find the entry, without asking. */
    public boolean carries(Traits entry) {
        return (agreement == null || agreement.equals(entry.agreement()))
                && (kind == null || kind.equals(entry.kind()))
                && (effect == null || effect.equals(entry.effect()))
                && (verdict == null || entry.verdicts().contains(verdict));
    }
}
