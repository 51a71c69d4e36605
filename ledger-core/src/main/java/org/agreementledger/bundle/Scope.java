package org.agreementledger.bundle;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Entry;
import org.agreementledger.proof.CanonicalBytes;
import org.agreementledger.time.Day;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle holds.
 *
 * @param agreementId whose entries; null for those of all agreements
 * @param from only entries that occurred on that day or later; null for no such limit
 * @param to only entries that occurred on that day or earlier; null for no such limit
 * @param allLeaves whether the leaves of the whole log are there, or only those of the entries
 * @param validOn the day of the terms claimed; null where entries may be missing, and nothing is
 *     claimed
 */
public record Scope(
        @Nullable AgreementId agreementId,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        boolean allLeaves,
        @Nullable LocalDate validOn) {

    private static final String FORMAT = "agreement-ledger/bundle/v1";
    private static final String ALL = "all";
    private static final String OF_THE_ENTRIES = "of-the-entries";

    /**
     * @throws IllegalArgumentException when they do not go together
     */
    public Scope {
        boolean ranged = from != null || to != null;
        if (from != null && to != null && from.isAfter(to)) {
            throw new IllegalArgumentException("no day lies from %s to %s".formatted(from, to));
        }
        if (allLeaves && ranged) {
            throw new IllegalArgumentException(
                    "a leaf does not tell when something occurred, so all leaves do not prove that no entry of a range of days is left out");
        }
        if (!allLeaves && !ranged && agreementId == null) {
            throw new IllegalArgumentException("a whole ledger has all its leaves");
        }
        if (ranged != (validOn == null)) {
            throw new IllegalArgumentException(
                    "terms follow from whole histories, and are claimed for one day");
        }
    }

    /** Every entry of every agreement. */
    public static Scope wholeLedger(LocalDate validOn) {
        return new Scope(null, null, null, true, validOn);
    }

    /** Whether it is a whole ledger. */
    public boolean isWhole() {
        return agreementId == null && allLeaves;
    }

    /** Whether each of its agreements has its history from the opening on. */
    public boolean claimsTerms() {
        return validOn != null;
    }

    boolean holds(AgreementId id) {
        return agreementId == null || agreementId.equals(id);
    }

    /** Whether it occurred on a day that is asked for. */
    public boolean holds(Entry entry) {
        LocalDate day = entry.header().occurredOn().date();
        return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
    }

    /** What it holds, for a sentence. */
    public String describe() {
        String whose = agreementId == null ? "all agreements" : agreementId.value();
        if (claimsTerms()) {
            return isWhole() ? "the whole ledger" : "every entry of " + whose;
        }
        return "the entries of %s that occurred%s%s"
                .formatted(
                        whose,
                        from == null ? "" : " from " + from,
                        to == null ? "" : (from == null ? " up to " : " to ") + to);
    }

    /** What of completeness it proves, and what it does not, in sentences. */
    public List<String> limits() {
        List<String> limits = new ArrayList<>();
        if (isWhole()) {
            limits.add(
                    "It carries every leaf and every entry up to its checkpoint: before that nothing is left out.");
        } else if (allLeaves) {
            limits.add(
                    "It carries the leaves of the whole log, so it also proves that no entry of %s is left out up to its checkpoint. Of the other agreements the leaves hold digests only."
                            .formatted(agreementId));
        } else if (claimsTerms()) {
            limits.add(
                    "It proves what it holds. It cannot prove that nothing is left out: newer entries of %s may be missing. (One made with --all-leaves can.)"
                            .formatted(agreementId));
        } else {
            limits.add("It proves what it holds. It cannot prove that nothing is left out.");
            limits.add(
                    "It claims no terms: they follow only from the whole history of an agreement.");
        }
        return limits;
    }

    String json() {
        Map<String, Object> tree = new TreeMap<>();
        tree.put("format", FORMAT);
        tree.put("leaves", allLeaves ? ALL : OF_THE_ENTRIES);
        putPresent(tree, "agreementId", agreementId);
        putPresent(tree, "from", from);
        putPresent(tree, "to", to);
        putPresent(tree, "validOn", validOn);
        return CanonicalBytes.text(tree) + "\n";
    }

    private static void putPresent(Map<String, Object> tree, String name, @Nullable Object value) {
        if (value != null) {
            tree.put(name, value.toString());
        }
    }

    /**
     * @throws Mismatch for any other text than {@link #json} writes
     */
    static Scope parse(String json) {
        String where = Part.SCOPE.file();
        Map<String, Object> tree = JsonText.object(where, json);
        if (!FORMAT.equals(tree.get("format"))) {
            throw new Mismatch(where, "the format is not " + FORMAT + ", which this program reads");
        }
        try {
            Scope scope =
                    new Scope(
                            tree.get("agreementId") instanceof String id
                                    ? new AgreementId(id)
                                    : null,
                            day(tree, "from"),
                            day(tree, "to"),
                            ALL.equals(tree.get("leaves")),
                            day(tree, "validOn"));
            if (scope.json().equals(json)) {
                return scope;
            }
        } catch (IllegalArgumentException e) {
            throw new Mismatch(where, String.valueOf(e.getMessage()));
        }
        throw new Mismatch(where, "it says something else than what a bundle can hold");
    }

    private static @Nullable LocalDate day(Map<String, Object> tree, String name) {
        return tree.get(name) instanceof String day ? Day.parse(day).date() : null;
    }
}
