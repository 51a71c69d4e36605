package org.agreementledger.agreement;

import java.util.List;
import org.agreementledger.terms.TermAction;
import org.agreementledger.terms.TermKey;
import org.agreementledger.terms.TermValue.Money;
import org.jspecify.annotations.Nullable;

/** One thing recorded about an agreement; immutable. */
public sealed interface Entry {

    Header header();

    /** An entry that says something of the world. */
    sealed interface Original extends Entry {
        /** What it says about terms, in its own order. */
        List<TermAction> terms();
    }

    /** An entry that says something of another entry. */
    sealed interface Revision extends Entry {
        /** The entry it is about. */
        Target target();
    }

    record Opening(Header header, List<Party> parties, List<TermAction> terms)
            implements Original {}

    record Announcement(Header header, List<Party> speakers, List<TermAction> terms)
            implements Original {}

    record FundingRound(
            Header header,
            Party recipient,
            @Nullable String round,
            @Nullable Money amount,
            @Nullable Money preMoney,
            @Nullable Money postMoney,
            List<Investor> investors,
            List<TermAction> terms)
            implements Original {}

    record Investor(String id, String name, @Nullable Money amount, @Nullable String condition) {
        public Investor {
            Slug.check("organisation id", id);
        }
    }

    record Partnership(
            Header header,
            List<Party> partners,
            @Nullable String scope,
            @Nullable Money dealValue,
            List<TermAction> terms)
            implements Original {}

    /**
     * @param notAddressed the keys it is silent on
     * @param restates amended and restated, whole: every term in force is addressed
     */
    record Amendment(
            Header header,
            List<TermAction> terms,
            List<TermKey> notAddressed,
            boolean restates,
            List<PartyChange> partyChanges)
            implements Original {}

    /**
     * @param from the id of a party that leaves or is replaced; null for one that joins
     * @param to the party that comes; null for one that leaves
     */
    record PartyChange(@Nullable String from, @Nullable Party to, How how) {
        public enum How {
            JOINING,
            LEAVING,
            ASSIGNMENT,
            SUCCESSION,
            RENAMING
        }
    }

    /**
     * @param survives the keys that outlive the agreement
     */
    record Closing(
            Header header, How how, @Nullable AgreementId supersededBy, List<TermKey> survives)
            implements Original {

        public enum How {
            EXPIRED,
            TERMINATED,
            SUPERSEDED,
            NOVATED
        }

        @Override
        public List<TermAction> terms() {
            return List.of();
        }
    }

    /** We were wrong: the replacement stands in the corrected entry's place, whole. */
    record Correction(Header header, Target corrects, Original replacement, String reason)
            implements Revision {
        @Override
        public Target target() {
            return corrects;
        }
    }

    /** It should never have been recorded. */
    record Withdrawal(Header header, Target withdraws, String reason) implements Revision {
        @Override
        public Target target() {
            return withdraws;
        }
    }

    /** What was reported is now confirmed. */
    record Confirmation(Header header, Target confirms) implements Revision {
        @Override
        public Target target() {
            return confirms;
        }
    }

    /** How an entry names another of its agreement. */
    sealed interface Target {
        record BySequence(int sequence) implements Target {
            @Override
            public String toString() {
                return Integer.toString(sequence);
            }
        }

        record ByRef(String ref) implements Target {
            @Override
            public String toString() {
                return ref;
            }
        }
    }

    default Kind kind() {
        return switch (this) {
            case Opening _ -> Kind.OPENING;
            case Announcement _ -> Kind.ANNOUNCEMENT;
            case FundingRound _ -> Kind.FUNDING_ROUND;
            case Partnership _ -> Kind.PARTNERSHIP;
            case Amendment _ -> Kind.AMENDMENT;
            case Closing _ -> Kind.CLOSING;
            case Correction _ -> Kind.CORRECTION;
            case Withdrawal _ -> Kind.WITHDRAWAL;
            case Confirmation _ -> Kind.CONFIRMATION;
        };
    }
}
