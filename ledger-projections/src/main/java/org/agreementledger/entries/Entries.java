package org.agreementledger.entries;

import java.util.List;
import java.util.Optional;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.Findings;
import org.jspecify.annotations.Nullable;

/** The entries with what was found about them. */
public class Entries {

    /**
     * @param next the position after which the next page starts; null on the last page
     */
    public record Page(List<EntryAnswer> items, @Nullable Long next) {}

    public Optional<EntryAnswer> entry(AgreementId agreementId, int sequence) {
        throw new UnsupportedOperationException();
    }

    public Optional<EntryAnswer> at(long position) {
        throw new UnsupportedOperationException();
    }

    /** Those after {@code after} (-1 for the first page) in ascending position, at most {@code limit}. */
    public Page page(EntryFilter filter, long after, int limit) {
        throw new UnsupportedOperationException();
    }

    /** What a write would answer, without what only storing gives. */
    public static EntryAnswer tried(Entry entry, Findings findings) {
        throw new UnsupportedOperationException();
    }
}
