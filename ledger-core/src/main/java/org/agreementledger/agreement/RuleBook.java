package org.agreementledger.agreement;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.agreementledger.agreement.Entry.Amendment;
import org.agreementledger.agreement.Entry.Confirmation;
import org.agreementledger.agreement.Entry.Correction;
import org.agreementledger.agreement.Entry.Opening;
import org.agreementledger.agreement.Entry.Original;
import org.agreementledger.agreement.Entry.Revision;
import org.agreementledger.agreement.Entry.Withdrawal;
import org.agreementledger.terms.Objection;
import org.agreementledger.terms.PlacedAction;
import org.agreementledger.terms.TermAction;
import org.agreementledger.terms.TermKey;
import org.agreementledger.terms.Terms;
import org.agreementledger.time.Validity;

/** Which entries a history accepts. Each refusal names the rule, the values and the place. */
final class RuleBook {

    private RuleBook() {}

    static void judge(History history, Original entry, LocalDate today) {
        int sequence = history.size() + 1;
        Known known = Known.of(sequence, entry);
        requireFreeRef(history, entry, 0, "");
        requireConfirmedOpening(known, "");
        judgeAlone(entry, today, "");
        judgeAmongOthers(history, entry, known, "");
    }

    static void judge(History history, Revision revision, LocalDate today) {
        requireNotInFuture(revision, today, "");
        requireFreeRef(history, revision, 0, "");
        Known target = target(history, revision);
        switch (revision) {
            case Correction correction -> judgeCorrection(history, correction, target, today);
            case Withdrawal withdrawal -> judgeWithdrawal(history, withdrawal, target);
            case Confirmation confirmation -> judgeConfirmation(history, confirmation, target);
        }
    }

    private static void judgeCorrection(
            History history, Correction correction, Known target, LocalDate today) {
        Original replacement = correction.replacement();
        Known replaced = target.corrected(history.size() + 1, replacement);
        if (target.entry() instanceof Opening && !(replacement instanceof Opening)) {
            throw new Refused(
                    Rule.ENTRY_NOT_CORRECTABLE,
                    "Entry 1 opens the agreement; its replacement must be an opening, not a "
                            + replacement.kind().slug()
                            + ".",
                    "/replacement/kind");
        }
        if (replacement instanceof Opening && !(target.entry() instanceof Opening)) {
            throw new Refused(
                    Rule.AGREEMENT_EXISTS,
                    "The agreement is opened by entry 1; entry "
                            + target.sequence()
                            + " cannot become a second opening.",
                    "/replacement/kind");
        }
        requireFreeRef(history, replacement, target.sequence(), "/replacement");
        if (replacement.header().ref() != null
                && replacement.header().ref().equals(correction.header().ref())) {
            throw refTaken(
                    replacement.header().ref(), "this correction itself", "/replacement/ref");
        }
        requireConfirmedOpening(replaced, "/replacement");
        judgeAlone(replacement, today, "/replacement");
        judgeAmongOthers(history, correction, replaced, "/replacement");
    }

    private static void judgeWithdrawal(History history, Withdrawal withdrawal, Known target) {
        if (target.entry() instanceof Opening) {
            throw new Refused(
                    Rule.ENTRY_NOT_CORRECTABLE,
                    "Entry 1 opens the agreement and cannot be withdrawn; correct it instead.",
                    "/withdraws");
        }
        judgeAmongOthers(history, withdrawal, target.withdrawn(history.size() + 1), "/withdraws");
    }

    private static void judgeConfirmation(
            History history, Confirmation confirmation, Known target) {
        if (target.standing() == Standing.CONFIRMED) {
            throw new Refused(
                    Rule.ENTRY_ALREADY_CONFIRMED,
                    "Entry "
                            + target.sequence()
                            + " is confirmed"
                            + (target.confirmedBy() == null
                                    ? " since it was recorded"
                                    : " by entry " + target.confirmedBy())
                            + "; there is nothing to confirm.",
                    "/confirms");
        }
        judgeAmongOthers(history, confirmation, target.confirmed(history.size() + 1), "/confirms");
    }

    private static Known target(History history, Revision revision) {
        String pointer =
                switch (revision) {
                    case Correction _ -> "/corrects";
                    case Withdrawal _ -> "/withdraws";
                    case Confirmation _ -> "/confirms";
                };
        int sequence =
                history.find(revision.target())
                        .orElseThrow(() ->
                                new Refused(
                                        Rule.ENTRY_UNKNOWN,
                                        "The agreement has no entry "
                                                + revision.target()
                                                + "; its sequences run from 1 to "
                                                + history.size()
                                                + ".",
                                        pointer));
        Known target =
                history.known(sequence)
                        .orElseThrow(() ->
                                new Refused(
                                        Rule.ENTRY_NOT_CORRECTABLE,
                                        "Entry "
                                                + sequence
                                                + " is itself a "
                                                + history.entry(sequence).kind().slug()
                                                + "; name the entry that it is about.",
                                        pointer));
        if (target.isWithdrawn()) {
            throw new Refused(
                    Rule.ENTRY_WITHDRAWN,
                    "Entry " + sequence + " was withdrawn by entry " + target.withdrawnBy() + ".",
                    pointer);
        }
        return target;
    }

    private static void requireFreeRef(History history, Entry entry, int except, String at) {
        String ref = entry.header().ref();
        if (ref != null) {
            history.findRef(ref)
                    .filter(sequence -> sequence != except)
                    .ifPresent(sequence -> {
                        throw refTaken(ref, "entry " + sequence, at + "/ref");
                    });
        }
    }

    private static Refused refTaken(String ref, String by, String pointer) {
        return new Refused(
                Rule.REF_TAKEN,
                "The ref " + ref + " belongs to " + by + "; a ref is unique within the agreement.",
                pointer);
    }

    private static void requireConfirmedOpening(Known known, String at) {
        if (known.entry() instanceof Opening && known.standing() == Standing.REPORTED) {
            throw new Refused(
                    Rule.ENTRY_NOT_CORRECTABLE,
                    "An opening cannot be only reported; leave out its standing.",
                    at + "/standing");
        }
    }

    /** The rules that hold for reported entries as well, and need no history. */
    private static void judgeAlone(Original entry, LocalDate today, String at) {
        requireKindFits(entry, at);
        requireBinding(entry, at);
        requireKeysOnce(entry, at);
        requireValidity(entry, at);
        requireNotInFuture(entry, today, at);
    }

    private static void requireKindFits(Original entry, String at) {
        boolean mayChangeTerms =
                switch (entry) {
                    case Opening _, Amendment _, Entry.Closing _ -> true;
                    case Entry.Announcement _, Entry.FundingRound _, Entry.Partnership _ -> false;
                };
        for (int place = 0; place < entry.terms().size(); place++) {
            TermAction action = entry.terms().get(place);
            if (!mayChangeTerms && changesTerms(action)) {
                throw new Refused(
                        Rule.KIND_CANNOT_CHANGE_TERMS,
                        (entry instanceof Entry.Announcement ? "An " : "A ")
                                + entry.kind().slug()
                                + " cannot "
                                + verb(action)
                                + " a term; record an amendment beside it, or disclose or reaffirm the term.",
                        at + "/terms/" + place + "/action");
            }
        }
    }

    private static void requireBinding(Original entry, String at) {
        boolean changes =
                entry instanceof Entry.Closing
                        || entry instanceof Amendment a && !a.partyChanges().isEmpty()
                        || entry.terms().stream().anyMatch(RuleBook::changesTerms);
        if (!entry.header().binding() && changes) {
            throw new Refused(
                    Rule.NOT_BINDING,
                    "An entry with binding: false cannot change terms or parties, nor close the agreement.",
                    at + "/binding");
        }
    }

    private static boolean changesTerms(TermAction action) {
        return switch (action) {
            case TermAction.Introduce _, TermAction.Change _, TermAction.Retire _ -> true;
            case TermAction.Disclose _, TermAction.Reaffirm _ -> false;
        };
    }

    private static String verb(TermAction action) {
        return switch (action) {
            case TermAction.Introduce _ -> "introduce";
            case TermAction.Change _ -> "change";
            case TermAction.Retire _ -> "retire";
            case TermAction.Disclose _ -> "disclose";
            case TermAction.Reaffirm _ -> "reaffirm";
        };
    }

    private static void requireKeysOnce(Original entry, String at) {
        Set<String> seen = new HashSet<>();
        for (int place = 0; place < entry.terms().size(); place++) {
            String key = key(entry.terms().get(place));
            if (!seen.add(key)) {
                throw new Refused(
                        Rule.TERM_TWICE,
                        key + " has two actions in this entry; one entry says one thing of a term.",
                        at + "/terms/" + place + "/key");
            }
        }
    }

    private static String key(TermAction action) {
        return switch (action) {
            case TermAction.Placeable placeable -> placeable.key().value();
            case TermAction.Reaffirm claim -> claim.key() == null ? "*" : claim.key().value();
        };
    }

    private static void requireValidity(Original entry, String at) {
        LocalDate effectiveOn = entry.header().takesEffectOn().date();
        LocalDate occurredOn = entry.header().occurredOn().date();
        requireStartable(effectiveOn, at + "/effectiveOn");
        for (int place = 0; place < entry.terms().size(); place++) {
            String pointer = at + "/terms/" + place;
            switch (entry.terms().get(place)) {
                case TermAction.Placeable action -> {
                    LocalDate from =
                            action.validFrom() == null ? effectiveOn : action.validFrom().date();
                    requireStartable(from, pointer + "/validFrom");
                    if (action.validTo() != null && !from.isBefore(action.validTo().date())) {
                        throw new Refused(
                                Rule.VALIDITY_EMPTY,
                                action.key()
                                        + " would hold from "
                                        + from
                                        + " and no longer from "
                                        + action.validTo()
                                        + "; validTo is the first day on which it no longer holds.",
                                pointer + "/validTo");
                    }
                }
                case TermAction.Reaffirm claim -> {
                    if (claim.since() != null && claim.since().date().isAfter(occurredOn)) {
                        throw new Refused(
                                Rule.VALIDITY_EMPTY,
                                "Reaffirmed since "
                                        + claim.since()
                                        + ", which is after the claim was made on "
                                        + entry.header().occurredOn()
                                        + ".",
                                pointer + "/since");
                    }
                }
            }
        }
    }

    private static void requireStartable(LocalDate day, String pointer) {
        if (!day.isBefore(Validity.FOREVER)) {
            throw new Refused(
                    Rule.VALIDITY_EMPTY,
                    "Nothing starts on " + day + ": that day stands for \"without end\".",
                    pointer);
        }
    }

    private static void requireNotInFuture(Entry entry, LocalDate today, String at) {
        if (entry.header().occurredOn().date().isAfter(today.plusDays(1))) {
            throw new Refused(
                    Rule.OCCURRED_IN_FUTURE,
                    "occurredOn "
                            + entry.header().occurredOn()
                            + " is later than tomorrow (today is "
                            + today
                            + " UTC); what will take effect later goes into effectiveOn.",
                    at + "/occurredOn");
        }
    }

    /**
     * The rules that compare with the other confirmed entries: first for the entry's own actions,
     * then for what stands above them.
     *
     * @param known the entry that {@code entry} adds or revises, as it would be known
     */
    private static void judgeAmongOthers(History history, Entry entry, Known known, String at) {
        Terms before = history.fold(View.CONFIRMED).terms();
        Terms after = history.with(entry).fold(View.CONFIRMED).terms();
        if (known.isSeenIn(View.CONFIRMED)) {
            after.objections(known.sequence(), Fold.keys(known.entry())).stream()
                    .min(Comparator.comparing(objection -> objection.action().place()))
                    .ifPresent(objection -> {
                        throw refusal(objection, pointer(at, entry, objection));
                    });
            requireWholeRestatement(
                    after, known, entry instanceof Confirmation ? at : at + "/restates");
        }
        if (before == after) {
            return;
        }
        Original was = history.known(known.sequence()).map(Known::entry).orElse(known.entry());
        after.newObjections(before, Effect.touched(was, known.entry(), before, after)).stream()
                .filter(objection -> objection.action().sequence() != known.sequence())
                .min(Comparator.comparing(objection -> objection.action().sequence()))
                .ifPresent(objection -> {
                    throw contradiction(objection, known, at);
                });
    }

    private static String pointer(String at, Entry entry, Objection objection) {
        return entry instanceof Confirmation
                ? at
                : at + "/terms/" + objection.action().place() + "/key";
    }

    private static void requireWholeRestatement(Terms after, Known known, String pointer) {
        if (!(known.entry() instanceof Amendment amendment) || !amendment.restates()) {
            return;
        }
        boolean everyKey = false;
        Set<TermKey> addressed = new HashSet<>();
        for (TermAction action : amendment.terms()) {
            switch (action) {
                case TermAction.Introduce(TermKey key, _, _) -> addressed.add(key);
                case TermAction.Change(TermKey key, _, _) -> addressed.add(key);
                case TermAction.Retire(TermKey key, _, _, _) -> addressed.add(key);
                case TermAction.Disclose _ -> {}
                case TermAction.Reaffirm claim when claim.key() == null -> everyKey = true;
                case TermAction.Reaffirm claim -> addressed.add(claim.key());
            }
        }
        LocalDate occurredOn = amendment.header().occurredOn().date();
        Terms lower =
                after.without(p ->
                        p.occurredOn().isAfter(occurredOn)
                                || p.occurredOn().equals(occurredOn)
                                        && p.sequence() >= known.sequence());
        Set<TermKey> missing =
                new TreeSet<>(lower.on(amendment.header().takesEffectOn().date()).keySet());
        missing.removeAll(addressed);
        if (!everyKey && !missing.isEmpty()) {
            throw new Refused(
                    Rule.RESTATEMENT_INCOMPLETE,
                    "An amendment that restates the agreement addresses every term in force; it says nothing of "
                            + missing.stream().map(TermKey::value).collect(Collectors.joining(", "))
                            + ".",
                    pointer);
        }
    }

    private static Refused refusal(Objection objection, String pointer) {
        return new Refused(rule(objection), explain(objection, 0), pointer);
    }

    private static Refused contradiction(Objection objection, Known known, String at) {
        PlacedAction refused = objection.action();
        return new Refused(
                Rule.HISTORY_CONTRADICTS,
                (known.isWithdrawn() ? "Without entry " + known.sequence() : "With this")
                        + ", entry "
                        + refused.sequence()
                        + " of "
                        + refused.occurredOn()
                        + " could not stand: "
                        + explain(objection, known.sequence()),
                at);
    }

    private static Rule rule(Objection objection) {
        return switch (objection) {
            case Objection.AgreementClosed _ -> Rule.AGREEMENT_CLOSED;
            case Objection.AlreadyInForce _ -> Rule.TERM_ALREADY_IN_FORCE;
            case Objection.NotInForce _ -> Rule.TERM_NOT_IN_FORCE;
            case Objection.AlreadyKnown _ -> Rule.TERM_ALREADY_KNOWN;
        };
    }

    /**
     * @param own the sequence of the entry that is being judged; 0 where no other is meant
     */
    private static String explain(Objection objection, int own) {
        PlacedAction action = objection.action();
        TermKey key = action.key();
        LocalDate from = action.validity().from();
        String verb = verb(action.action());
        return switch (objection) {
            case Objection.AgreementClosed o ->
                    "the agreement closed on %s by %s, which %s does not survive; nothing to %s on %s."
                            .formatted(
                                    o.by().from(), named(o.by().sequence(), own), key, verb, from);
            case Objection.AlreadyInForce o ->
                    "%s is in force on %s, set by %s; change it, or retire it first."
                            .formatted(key, from, named(o.by().sequence(), own));
            case Objection.NotInForce o ->
                    o.retiredBy()
                            .map(by ->
                                    "%s was retired on %s by %s; nothing to %s on %s."
                                            .formatted(
                                                    key,
                                                    by.validity().from(),
                                                    named(by.sequence(), own),
                                                    verb,
                                                    from))
                            .orElseGet(() ->
                                    "%s is not in force on %s; nothing to %s. Introduce it first, or check the key."
                                            .formatted(key, from, verb));
            case Objection.AlreadyKnown o ->
                    "%s is held in the same words on %s, set by %s; nothing to disclose. Reaffirm it instead."
                            .formatted(key, from, named(o.by().sequence(), own));
        };
    }

    private static String named(int sequence, int own) {
        return sequence == own ? "this entry" : "entry " + sequence;
    }
}
