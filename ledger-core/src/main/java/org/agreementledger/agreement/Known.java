package org.agreementledger.agreement;

import org.agreementledger.agreement.Entry.Original;
import org.jspecify.annotations.Nullable;

/**
 * An original entry as it is now known: corrections, withdrawals and confirmations applied.
 *
 * @param sequence of the entry, which its replacements keep
 * @param entry the newest replacement, or the entry itself
 * @param correctedBy the sequence of the newest correction
 */
public record Known(
        int sequence,
        Original entry,
        Standing standing,
        @Nullable Integer correctedBy,
        @Nullable Integer withdrawnBy,
        @Nullable Integer confirmedBy) {

    static Known of(int sequence, Original entry) {
        return new Known(sequence, entry, standing(entry, Standing.CONFIRMED), null, null, null);
    }

    private static Standing standing(Original entry, Standing unlessSaid) {
        return entry.header().standing() == null ? unlessSaid : entry.header().standing();
    }

    Known corrected(int by, Original replacement) {
        return new Known(
                sequence,
                replacement,
                standing(replacement, standing),
                by,
                withdrawnBy,
                confirmedBy);
    }

    Known withdrawn(int by) {
        return new Known(sequence, entry, standing, correctedBy, by, confirmedBy);
    }

    Known confirmed(int by) {
        return new Known(sequence, entry, Standing.CONFIRMED, correctedBy, withdrawnBy, by);
    }

    public boolean isWithdrawn() {
        return withdrawnBy != null;
    }

    /** Whether it counts in that view. */
    public boolean isSeenIn(View view) {
        return !isWithdrawn() && (view == View.ALL || standing == Standing.CONFIRMED);
    }
}
