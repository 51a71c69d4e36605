package org.agreementledger.agreement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agreementledger.agreement.Entry.Amendment;
import org.agreementledger.agreement.Entry.Closing;
import org.agreementledger.agreement.Entry.Opening;
import org.agreementledger.agreement.Entry.Original;
import org.agreementledger.terms.Content;
import org.agreementledger.terms.Fingerprint;
import org.agreementledger.terms.PlacedAction;
import org.agreementledger.terms.TermAction;
import org.agreementledger.terms.TermConstancy;
import org.agreementledger.terms.TermKey;
import org.agreementledger.terms.Terms;

/** What the known entries of one standing come to, on every day. Immutable. */
public record Fold(Terms terms, PartyTimeline parties) {

    static final Fold EMPTY = new Fold(Terms.NONE, PartyTimeline.NONE);

    Fold with(int sequence, Original entry) {
        Terms with = terms.with(placed(sequence, entry));
        if (entry instanceof Closing closing) {
            with = with.with(closing(sequence, closing));
        }
        return new Fold(with, parties.with(sequence, entry));
    }

    Fold without(int sequence, Original entry) {
        return new Fold(terms.without(sequence, keys(entry)), parties.without(sequence));
    }

    /** The fold without the disclosures told within {@code (from, to]}. */
    Fold untold(LocalDate from, LocalDate to) {
        return new Fold(
                terms.without(action -> TermConstancy.toldWithin(action, from, to)), parties);
    }

    /** Over parties and terms as they hold on {@code day}. */
    public Fingerprint fingerprint(LocalDate day) {
        return Fingerprint.of(parties.ids(day), contents(day));
    }

    /** The text that the fingerprint is of. */
    public String fingerprinted(LocalDate day) {
        return Fingerprint.canonical(parties.ids(day), contents(day));
    }

    private List<Content> contents(LocalDate day) {
        return terms.on(day).values().stream().map(PlacedAction::content).toList();
    }

    /** The actions of an entry that give terms a version, or take it. */
    public static List<PlacedAction> placed(int sequence, Original entry) {
        List<PlacedAction> placed = new ArrayList<>();
        for (int place = 0; place < entry.terms().size(); place++) {
            if (entry.terms().get(place) instanceof TermAction.Placeable action) {
                placed.add(
                        PlacedAction.of(
                                action,
                                entry.header().occurredOn().date(),
                                entry.header().takesEffectOn().date(),
                                sequence,
                                place));
            }
        }
        return placed;
    }

    private static org.agreementledger.terms.Closing closing(int sequence, Closing closing) {
        return new org.agreementledger.terms.Closing(
                closing.header().occurredOn().date(),
                sequence,
                closing.header().takesEffectOn().date(),
                Set.copyOf(closing.survives()));
    }

    /** The keys whose terms the entry can touch, closings apart. */
    static Set<TermKey> keys(Original entry) {
        Set<TermKey> keys = new HashSet<>();
        for (TermAction action : entry.terms()) {
            if (action instanceof TermAction.Placeable placeable) {
                keys.add(placeable.key());
            }
        }
        return keys;
    }

    static boolean setsParties(Original entry) {
        return entry instanceof Opening
                || entry instanceof Amendment amendment && !amendment.partyChanges().isEmpty();
    }
}
