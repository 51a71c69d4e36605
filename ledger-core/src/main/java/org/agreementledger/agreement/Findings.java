package org.agreementledger.agreement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.agreementledger.agreement.Entry.Original;
import org.agreementledger.agreement.Entry.Revision;
import org.agreementledger.terms.Fingerprint;
import org.agreementledger.terms.PlacedAction;
import org.agreementledger.terms.TermAction;
import org.agreementledger.terms.TermAction.Reaffirm;
import org.agreementledger.terms.TermKey;
import org.agreementledger.terms.Terms;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger finds about an entry at the moment it is recorded; a later correction does not
 * rewrite it. The fingerprints are worked out when they are asked for: who folds a history asks for
 * few.
 */
public final class Findings {

    private final Effect effect;
    private final List<Verdict> verdicts;
    private final Fold without;
    private final Fold with;
    private final LocalDate day;
    private @Nullable Fingerprint before;

    private Findings(
            Effect effect, List<Verdict> verdicts, Fold without, Fold with, LocalDate day) {
        this.effect = effect;
        this.verdicts = verdicts;
        this.without = without;
        this.with = with;
        this.day = day;
    }

    public Effect effect() {
        return effect;
    }

    public List<Verdict> verdicts() {
        return verdicts;
    }

    /**
     * Over parties and terms without the entry, on the later of its {@code occurredOn} and its
     * latest {@code validFrom}.
     */
    public Fingerprint before() {
        Fingerprint known = before;
        if (known == null) {
            known = without.fingerprint(day);
            before = known;
        }
        return known;
    }

    /** The same with the entry. */
    public Fingerprint after() {
        return without.equals(with) ? before() : with.fingerprint(day);
    }

    /** About the newest entry of {@code after}, which follows {@code before}. */
    public static Findings of(History before, History after) {
        int sequence = after.size();
        return switch (after.entry(sequence)) {
            case Original original ->
                    ofOriginal(before, after.known(sequence).orElseThrow(), after);
            case Revision revision -> ofRevision(before, revision, after);
        };
    }

    private static Findings ofOriginal(History before, Known known, History after) {
        View view = View.of(known.standing());
        Fold without = before.fold(view);
        Fold with = after.fold(view);
        return new Findings(
                Effect.ofOriginal(known, without, with),
                verdicts(known.entry(), without.terms()),
                without,
                with,
                fingerprintDay(known.entry()));
    }

    private static Findings ofRevision(History before, Revision revision, History after) {
        LocalDate occurredOn = revision.header().occurredOn().date();
        Optional<Known> target = before.find(revision.target()).flatMap(before::known);
        if (target.isEmpty()) {
            throw new IllegalStateException("no entry " + revision.target() + " to revise");
        }
        Known revised = after.known(target.get().sequence()).orElseThrow();
        View view =
                target.get().isSeenIn(View.CONFIRMED) || revised.isSeenIn(View.CONFIRMED)
                        ? View.CONFIRMED
                        : View.ALL;
        Fold without = before.fold(view);
        Fold with = after.fold(view);
        Terms others =
                after.fold(View.of(revised.standing()))
                        .terms()
                        .without(revised.sequence(), Fold.keys(revised.entry()));
        return new Findings(
                Effect.ofRevision(target.get(), revised, without, with),
                revised.isWithdrawn() ? List.of() : verdicts(revised.entry(), others),
                without,
                with,
                occurredOn);
    }

    private static LocalDate fingerprintDay(Original entry) {
        Header header = entry.header();
        LocalDate latest = header.occurredOn().date();
        for (PlacedAction action : Fold.placed(0, entry)) {
            latest = later(latest, action.validity().from());
        }
        return entry instanceof Entry.Closing || Fold.setsParties(entry)
                ? later(latest, header.takesEffectOn().date())
                : latest;
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static List<Verdict> verdicts(Original entry, Terms others) {
        LocalDate madeOn = entry.header().occurredOn().date();
        List<Verdict> verdicts = new ArrayList<>();
        for (TermAction action : entry.terms()) {
            if (action instanceof Reaffirm claim) {
                for (TermKey key : claimed(claim, entry, others)) {
                    verdicts.add(Verdict.of(claim, key, others, madeOn));
                }
            }
        }
        return verdicts;
    }

    /** The keys a claim stands for: for {@code *}, all in force since that day and not named. */
    private static List<TermKey> claimed(Reaffirm claim, Original entry, Terms others) {
        if (claim.key() != null) {
            return List.of(claim.key());
        }
        Set<TermKey> named = named(entry);
        return others.on(claim.since().date()).keySet().stream()
                .filter(key -> !named.contains(key))
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    static Set<TermKey> named(Original entry) {
        Set<TermKey> named = new HashSet<>(Fold.keys(entry));
        for (TermAction action : entry.terms()) {
            if (action instanceof Reaffirm claim && claim.key() != null) {
                named.add(claim.key());
            }
        }
        return named;
    }
}
