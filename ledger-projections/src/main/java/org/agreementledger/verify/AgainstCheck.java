package org.agreementledger.verify;

import java.util.List;
import java.util.Optional;
import org.agreementledger.proof.Hash;
import org.agreementledger.proof.SignedNote;
import org.agreementledger.proof.VerifierKey;

/** Whether the present tree begins with one that was signed and kept elsewhere. */
record AgainstCheck(Optional<VerifierKey> key, Roots roots, Differences found) {

    Against.Answer check(Against against) {
        long size = against.checkpoint().size();
        String failure = failure(against, size);
        return new Against.Answer(
                against.name(),
                size,
                failure.isEmpty(),
                failure.isEmpty()
                        ? "This ledger's tree of %d leaves begins with the %d of that checkpoint: it only grew since."
                                .formatted(roots.size(), size)
                        : failure);
    }

    /** Empty where there is none. */
    private String failure(Against against, long size) {
        String signature = notSigned(against);
        if (!signature.isEmpty()) {
            differ(
                    against,
                    "signature",
                    "that of " + key.map(VerifierKey::toString).orElse("no key"),
                    signature);
            return "It does not bear this ledger's signature ("
                    + signature
                    + "): it is of another ledger or forged, or the key of this one was replaced.";
        }
        Optional<Hash> root = roots.bySize().apply(size);
        if (root.isEmpty()) {
            differ(against, "size", "at most " + roots.size(), size);
            return "It was signed for %d leaves, and this ledger has %d: entries that somebody has seen are gone (a rollback)."
                    .formatted(size, roots.size());
        }
        if (!root.get().equals(against.checkpoint().root())) {
            differ(against, "root", root.get(), against.checkpoint().root());
            return "It was signed for %d leaves with another root than this ledger's first %1$d leaves come to: two histories were shown (a split view), or the past was rewritten."
                    .formatted(size);
        }
        return "";
    }

    private void differ(Against against, String field, Object expected, Object there) {
        found.add(
                Difference.of(
                        "checkpoint " + against.name(),
                        "size " + against.checkpoint().size(),
                        field,
                        expected,
                        there));
    }

    /** Why not; empty where it is. */
    private String notSigned(Against against) {
        if (key.isEmpty()) {
            return "this ledger has no key";
        }
        try {
            against.note().verifiedBy(List.of(key.get()));
        } catch (SignedNote.NotVerified e) {
            return String.valueOf(e.getMessage());
        }
        return against.checkpoint().origin().equals(key.get().name())
                ? ""
                : "its origin is " + against.checkpoint().origin();
    }
}
