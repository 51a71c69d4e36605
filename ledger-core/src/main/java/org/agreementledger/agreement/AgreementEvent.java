package org.agreementledger.agreement;

/**
 * Everything that can happen to an agreement. Stored for ever: add, never rename, never change a
 * meaning.
 */
public sealed interface AgreementEvent {

    /** The entry's place within its agreement: 1, 2, 3 … */
    int sequence();

    Entry entry();

    default AgreementId agreementId() {
        return entry().header().agreementId();
    }

    record AgreementOpened(int sequence, Entry.Opening entry) implements AgreementEvent {}

    record AnnouncementRecorded(int sequence, Entry.Announcement entry) implements AgreementEvent {}

    record FundingRoundRecorded(int sequence, Entry.FundingRound entry) implements AgreementEvent {}

    record PartnershipRecorded(int sequence, Entry.Partnership entry) implements AgreementEvent {}

    record TermsAmended(int sequence, Entry.Amendment entry) implements AgreementEvent {}

    record AgreementClosed(int sequence, Entry.Closing entry) implements AgreementEvent {}

    record EntryCorrected(int sequence, Entry.Correction entry) implements AgreementEvent {}

    record EntryWithdrawn(int sequence, Entry.Withdrawal entry) implements AgreementEvent {}

    record EntryConfirmed(int sequence, Entry.Confirmation entry) implements AgreementEvent {}

    /** The event that an accepted entry becomes. */
    static AgreementEvent of(int sequence, Entry entry) {
        return switch (entry) {
            case Entry.Opening e -> new AgreementOpened(sequence, e);
            case Entry.Announcement e -> new AnnouncementRecorded(sequence, e);
            case Entry.FundingRound e -> new FundingRoundRecorded(sequence, e);
            case Entry.Partnership e -> new PartnershipRecorded(sequence, e);
            case Entry.Amendment e -> new TermsAmended(sequence, e);
            case Entry.Closing e -> new AgreementClosed(sequence, e);
            case Entry.Correction e -> new EntryCorrected(sequence, e);
            case Entry.Withdrawal e -> new EntryWithdrawn(sequence, e);
            case Entry.Confirmation e -> new EntryConfirmed(sequence, e);
        };
    }
}
