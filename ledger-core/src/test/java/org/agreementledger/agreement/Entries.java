package org.agreementledger.agreement;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.agreementledger.agreement.Entry.Amendment;
import org.agreementledger.agreement.Entry.Announcement;
import org.agreementledger.agreement.Entry.Closing;
import org.agreementledger.agreement.Entry.Confirmation;
import org.agreementledger.agreement.Entry.Correction;
import org.agreementledger.agreement.Entry.FundingRound;
import org.agreementledger.agreement.Entry.Opening;
import org.agreementledger.agreement.Entry.Original;
import org.agreementledger.agreement.Entry.Partnership;
import org.agreementledger.agreement.Entry.PartyChange;
import org.agreementledger.agreement.Entry.Target;
import org.agreementledger.agreement.Entry.Withdrawal;
import org.agreementledger.terms.Decimal;
import org.agreementledger.terms.Provision;
import org.agreementledger.terms.TermAction;
import org.agreementledger.terms.TermAction.Change;
import org.agreementledger.terms.TermAction.Disclose;
import org.agreementledger.terms.TermAction.Introduce;
import org.agreementledger.terms.TermAction.Reaffirm;
import org.agreementledger.terms.TermAction.Remark;
import org.agreementledger.terms.TermAction.Retire;
import org.agreementledger.terms.TermKey;
import org.agreementledger.terms.TermValue;
import org.agreementledger.time.Day;
import org.jspecify.annotations.Nullable;

/**
 * Entries of all kinds in a few words, for tests: {@code reported(amendment("2021",
 * retire("rate")))}.
 */
public final class Entries {

    public static final AgreementId AGREEMENT = new AgreementId("acme-globex");
    public static final Party ACME = new Party("acme", "Acme");
    public static final Party GLOBEX = new Party("globex", "Globex");

    private Entries() {}

    // ---- the nine kinds

    public static Opening opening(String occurredOn, TermAction... terms) {
        return new Opening(header(occurredOn), List.of(ACME, GLOBEX), List.of(terms));
    }

    public static Announcement announcement(String occurredOn, TermAction... terms) {
        return new Announcement(header(occurredOn), List.of(ACME), List.of(terms));
    }

    public static FundingRound fundingRound(String occurredOn, TermAction... terms) {
        TermValue.Money amount = new TermValue.Money(new Decimal("1000000"), "USD", null);
        return new FundingRound(
                header(occurredOn),
                GLOBEX,
                "Series A",
                amount,
                null,
                null,
                List.of(new Entry.Investor("initech", "Initech", amount, null)),
                List.of(terms));
    }

    public static Partnership partnership(String occurredOn, TermAction... terms) {
        return new Partnership(
                header(occurredOn),
                List.of(new Party("hooli", "Hooli")),
                null,
                null,
                List.of(terms));
    }

    public static Amendment amendment(String occurredOn, TermAction... terms) {
        return new Amendment(header(occurredOn), List.of(terms), List.of(), false, List.of());
    }

    public static Amendment restatement(String occurredOn, TermAction... terms) {
        return new Amendment(header(occurredOn), List.of(terms), List.of(), true, List.of());
    }

    public static Amendment partyChange(String occurredOn, PartyChange... changes) {
        return new Amendment(header(occurredOn), List.of(), List.of(), false, List.of(changes));
    }

    public static Closing closing(String occurredOn, String... survives) {
        return new Closing(
                header(occurredOn),
                Closing.How.TERMINATED,
                null,
                Arrays.stream(survives).map(TermKey::new).toList());
    }

    public static Correction correction(String occurredOn, int corrects, Original replacement) {
        return correction(occurredOn, new Target.BySequence(corrects), replacement);
    }

    public static Correction correction(String occurredOn, Target corrects, Original replacement) {
        return new Correction(header(occurredOn), corrects, replacement, "a slip");
    }

    public static Withdrawal withdrawal(String occurredOn, int withdraws) {
        return withdrawal(occurredOn, new Target.BySequence(withdraws));
    }

    public static Withdrawal withdrawal(String occurredOn, Target withdraws) {
        return new Withdrawal(header(occurredOn), withdraws, "another agreement");
    }

    public static Confirmation confirmation(String occurredOn, int confirms) {
        return confirmation(occurredOn, new Target.BySequence(confirms));
    }

    public static Confirmation confirmation(String occurredOn, Target confirms) {
        return new Confirmation(header(occurredOn), confirms);
    }

    // ---- what an entry says of itself

    private static Header header(String occurredOn) {
        return header(AGREEMENT, Day.parse(occurredOn), null, "Of " + occurredOn, null, true, null);
    }

    private static Header header(
            AgreementId agreementId,
            Day occurredOn,
            @Nullable Day effectiveOn,
            String title,
            @Nullable Standing standing,
            boolean binding,
            @Nullable String ref) {
        return new Header(
                agreementId,
                occurredOn,
                effectiveOn,
                null,
                title,
                null,
                standing,
                binding,
                null,
                ref,
                List.of(),
                List.of(),
                List.of());
    }

    public static <E extends Entry> E in(AgreementId id, E entry) {
        return with(
                entry,
                h ->
                        header(
                                id,
                                h.occurredOn(),
                                h.effectiveOn(),
                                h.title(),
                                h.standing(),
                                h.binding(),
                                h.ref()));
    }

    public static <E extends Entry> E effective(String effectiveOn, E entry) {
        Day day = Day.parse(effectiveOn);
        return with(
                entry,
                h ->
                        header(
                                h.agreementId(),
                                h.occurredOn(),
                                day,
                                h.title(),
                                h.standing(),
                                h.binding(),
                                h.ref()));
    }

    public static <E extends Entry> E reported(E entry) {
        return standing(Standing.REPORTED, entry);
    }

    public static <E extends Entry> E standing(@Nullable Standing standing, E entry) {
        return with(
                entry,
                h ->
                        header(
                                h.agreementId(),
                                h.occurredOn(),
                                h.effectiveOn(),
                                h.title(),
                                standing,
                                h.binding(),
                                h.ref()));
    }

    public static <E extends Entry> E nonBinding(E entry) {
        return with(
                entry,
                h ->
                        header(
                                h.agreementId(),
                                h.occurredOn(),
                                h.effectiveOn(),
                                h.title(),
                                h.standing(),
                                false,
                                h.ref()));
    }

    public static <E extends Entry> E ref(String ref, E entry) {
        return with(
                entry,
                h ->
                        header(
                                h.agreementId(),
                                h.occurredOn(),
                                h.effectiveOn(),
                                h.title(),
                                h.standing(),
                                h.binding(),
                                ref));
    }

    public static Target ref(String ref) {
        return new Target.ByRef(ref);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Entry> E with(E entry, UnaryOperator<Header> change) {
        Header h = change.apply(entry.header());
        Entry changed =
                switch ((Entry) entry) {
                    case Opening e -> new Opening(h, e.parties(), e.terms());
                    case Announcement e -> new Announcement(h, e.speakers(), e.terms());
                    case FundingRound e ->
                            new FundingRound(
                                    h,
                                    e.recipient(),
                                    e.round(),
                                    e.amount(),
                                    e.preMoney(),
                                    e.postMoney(),
                                    e.investors(),
                                    e.terms());
                    case Partnership e ->
                            new Partnership(h, e.partners(), e.scope(), e.dealValue(), e.terms());
                    case Amendment e ->
                            new Amendment(
                                    h, e.terms(), e.notAddressed(), e.restates(), e.partyChanges());
                    case Closing e -> new Closing(h, e.how(), e.supersededBy(), e.survives());
                    case Correction e ->
                            new Correction(
                                    h,
                                    e.corrects(),
                                    in(h.agreementId(), e.replacement()),
                                    e.reason());
                    case Withdrawal e -> new Withdrawal(h, e.withdraws(), e.reason());
                    case Confirmation e -> new Confirmation(h, e.confirms());
                };
        return (E) changed;
    }

    public static Opening between(Opening opening, Party... parties) {
        return new Opening(opening.header(), List.of(parties), opening.terms());
    }

    public static Amendment restating(Amendment amendment) {
        return new Amendment(
                amendment.header(),
                amendment.terms(),
                amendment.notAddressed(),
                true,
                amendment.partyChanges());
    }

    public static Amendment changingParties(Amendment amendment, PartyChange... changes) {
        return new Amendment(
                amendment.header(),
                amendment.terms(),
                amendment.notAddressed(),
                amendment.restates(),
                List.of(changes));
    }

    public static PartyChange joins(Party party) {
        return new PartyChange(null, party, PartyChange.How.JOINING);
    }

    public static PartyChange leaves(String partyId) {
        return new PartyChange(partyId, null, PartyChange.How.LEAVING);
    }

    public static PartyChange succeeds(String partyId, Party successor) {
        return new PartyChange(partyId, successor, PartyChange.How.SUCCESSION);
    }

    // ---- what an entry says of terms

    public static Introduce introduce(String key, String statement) {
        return new Introduce(new TermKey(key), provision(statement), null);
    }

    public static Change change(String key, String statement) {
        return new Change(new TermKey(key), provision(statement), null);
    }

    public static Disclose disclose(String key, String statement, String validFrom) {
        return new Disclose(new TermKey(key), provision(statement), Day.parse(validFrom));
    }

    public static Retire retire(String key) {
        return new Retire(new TermKey(key), Remark.NONE, null, null);
    }

    public static Reaffirm reaffirm(String key) {
        return new Reaffirm(new TermKey(key), Remark.NONE, null, null);
    }

    public static Reaffirm reaffirm(String key, String since) {
        return new Reaffirm(new TermKey(key), Remark.NONE, Day.parse(since), null);
    }

    /** The key {@code *}. */
    public static Reaffirm reaffirmAll(String since) {
        return new Reaffirm(null, Remark.NONE, Day.parse(since), null);
    }

    private static Provision provision(String statement) {
        return provision(statement, null, null, null, null);
    }

    private static Provision provision(
            String statement,
            @Nullable String quote,
            @Nullable TermValue value,
            @Nullable String condition,
            @Nullable Day validTo) {
        return new Provision(
                statement, quote, value, null, condition, validTo, null, null, null, null);
    }

    public static Introduce from(String validFrom, Introduce action) {
        return new Introduce(action.key(), action.provision(), Day.parse(validFrom));
    }

    public static Change from(String validFrom, Change action) {
        return new Change(action.key(), action.provision(), Day.parse(validFrom));
    }

    public static Retire from(String validFrom, Retire action) {
        return new Retire(action.key(), action.remark(), Day.parse(validFrom), action.validTo());
    }

    /** Valid until the day before {@code validTo}. */
    @SuppressWarnings("unchecked")
    public static <A extends TermAction.Placeable> A until(String validTo, A action) {
        Day to = Day.parse(validTo);
        TermAction.Placeable changed =
                switch ((TermAction.Placeable) action) {
                    case Retire a -> new Retire(a.key(), a.remark(), a.validFrom(), to);
                    case TermAction.Provides a ->
                            providing(
                                    a,
                                    p ->
                                            provision(
                                                    p.statement(),
                                                    p.quote(),
                                                    p.value(),
                                                    p.condition(),
                                                    to));
                };
        return (A) changed;
    }

    public static <A extends TermAction.Provides> A quoting(String quote, A action) {
        return providing(
                action,
                p -> provision(p.statement(), quote, p.value(), p.condition(), p.validTo()));
    }

    public static <A extends TermAction.Provides> A valued(TermValue value, A action) {
        return providing(
                action,
                p -> provision(p.statement(), p.quote(), value, p.condition(), p.validTo()));
    }

    public static <A extends TermAction.Provides> A conditional(String condition, A action) {
        return providing(
                action,
                p -> provision(p.statement(), p.quote(), p.value(), condition, p.validTo()));
    }

    @SuppressWarnings("unchecked")
    private static <A extends TermAction.Provides> A providing(
            A action, UnaryOperator<Provision> change) {
        Provision provision = change.apply(action.provision());
        TermAction.Provides changed =
                switch ((TermAction.Provides) action) {
                    case Introduce a -> new Introduce(a.key(), provision, a.validFrom());
                    case Change a -> new Change(a.key(), provision, a.validFrom());
                    case Disclose a -> new Disclose(a.key(), provision, a.validFrom());
                };
        return (A) changed;
    }

    public static Reaffirm quoting(String quote, Reaffirm claim) {
        return new Reaffirm(
                claim.key(),
                new Remark(null, quote, null, null, null),
                claim.since(),
                claim.value());
    }

    public static Reaffirm valued(TermValue value, Reaffirm claim) {
        return new Reaffirm(claim.key(), claim.remark(), claim.since(), value);
    }
}
