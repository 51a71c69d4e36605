package org.agreementledger.api.feed;

import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Effect;
import org.agreementledger.agreement.Kind;
import org.agreementledger.agreement.Verdict;
import org.agreementledger.api.agreements.UnknownAgreement;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.feed.FeedFilter;
import org.agreementledger.log.KnownAt;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.readmodels.Slugs;
import org.jspecify.annotations.Nullable;

/** What readers of feeds ask for, held to what there is. */
final class Asked {

    private final LedgerNode node;

    Asked(LedgerNode node) {
        this.node = node;
    }

    static FeedFilter filter(
            @Nullable AgreementId agreement,
            @Nullable Kind kind,
            Effect.@Nullable Sum effect,
            Verdict.@Nullable Finding verdict) {
        return new FeedFilter(
                agreement == null ? null : agreement.value(),
                slug(kind),
                slug(effect),
                slug(verdict));
    }

    private static @Nullable String slug(@Nullable Enum<?> constant) {
        return constant == null ? null : Slugs.of(constant);
    }

    AgreementId known(AgreementId id) {
        if (node.feed().newest(FeedFilter.ofAgreement(id.value())) < 0) {
            throw UnknownAgreement.at(id, node.readModels().resolve(new KnownAt.Now()));
        }
        return id;
    }

    /** Whether somebody can have read so far: if not, it was in another ledger. */
    boolean isReached(long position) {
        return position <= node.log().newest();
    }

    /** Says so: going on from here would pass entries by. */
    String beyond(long position) {
        return position
                + " is beyond the newest position, "
                + node.log().newest()
                + ": it was read from another ledger, or from a later state of this one. Begin with a position of this one.";
    }

    static Rejected withoutPosition() {
        return Rejected.parameter(
                "limit",
                "limit is of the pages that follow a position, given as after; the newest page and the archive pages have sizes of their own.");
    }
}
