package org.agreementledger.agreement;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.agreementledger.agreement.Entry.Amendment;
import org.agreementledger.agreement.Entry.Closing;
import org.agreementledger.agreement.Entry.Confirmation;
import org.agreementledger.agreement.Entry.Correction;
import org.agreementledger.agreement.Entry.Opening;
import org.agreementledger.agreement.Entry.Original;
import org.agreementledger.agreement.Entry.PartyChange;
import org.agreementledger.agreement.Entry.Revision;
import org.agreementledger.agreement.Entry.Target;
import org.agreementledger.agreement.Entry.Withdrawal;
import org.agreementledger.terms.Provision;
import org.agreementledger.terms.TermAction;
import org.agreementledger.terms.TermAction.Change;
import org.agreementledger.terms.TermAction.Disclose;
import org.agreementledger.terms.TermAction.Introduce;
import org.agreementledger.terms.TermAction.Placeable;
import org.agreementledger.terms.TermAction.Provides;
import org.agreementledger.terms.TermAction.Reaffirm;
import org.agreementledger.terms.TermAction.Retire;
import org.agreementledger.terms.TermValue;
import org.jspecify.annotations.Nullable;

/**
 * Sections 4 and 5 of the design, written a second time from its words alone: no timelines, no
 * increments, every day looked at by itself. It shares only the entries with the code under test.
 * Texts must not need escaping in JSON.
 */
public final class Oracle {

    /** An entry with corrections, withdrawals and confirmations applied. */
    private record KnownEntry(int sequence, Original entry, Standing standing, boolean withdrawn) {}

    /** An introduce, change, retire or disclose. */
    public record Act(
            Placeable says,
            String key,
            LocalDate from,
            LocalDate to,
            LocalDate occurredOn,
            int sequence,
            int place) {

        boolean discloses() {
            return says instanceof Disclose;
        }

        boolean retires() {
            return says instanceof Retire;
        }

        boolean covers(LocalDate day) {
            return !day.isBefore(from) && day.isBefore(to);
        }

        public @Nullable String content() {
            return says instanceof Provides p ? contentOf(key, p.provision()) : null;
        }

        @Nullable String quote() {
            return says instanceof Provides p ? p.provision().quote() : null;
        }
    }

    private record Ending(
            LocalDate occurredOn, int sequence, LocalDate from, Set<String> survives) {}

    private record Move(
            LocalDate occurredOn, int sequence, LocalDate from, List<PartyChange> changes) {}

    private final List<Act> acts;
    private final List<Ending> endings;
    private final List<Move> moves;

    private Oracle(List<Act> acts, List<Ending> endings, List<Move> moves) {
        this.acts = acts;
        this.endings = endings;
        this.moves = moves;
    }

    // ---- known entries

    /** As known after the first {@code n} entries. */
    public static Oracle at(List<Entry> entries, int n, View view) {
        return at(known(entries.subList(0, n)), view, _ -> true);
    }

    private static Oracle at(List<KnownEntry> known, View view, Predicate<KnownEntry> counts) {
        Oracle oracle = new Oracle(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        known.stream()
                .filter(k ->
                        !k.withdrawn() && (view == View.ALL || k.standing() == Standing.CONFIRMED))
                .filter(counts)
                .forEach(oracle::add);
        return oracle;
    }

    private static List<KnownEntry> known(List<Entry> entries) {
        List<KnownEntry> known = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            switch (entries.get(i)) {
                case Original e -> {
                    Standing said = e.header().standing();
                    known.add(
                            new KnownEntry(
                                    i + 1, e, said == null ? Standing.CONFIRMED : said, false));
                }
                case Revision e -> {
                    int target = sequenceOf(e.target(), entries.subList(0, i));
                    known.replaceAll(k -> k.sequence() == target ? revised(k, e) : k);
                }
            }
        }
        return known;
    }

    private static KnownEntry revised(KnownEntry k, Revision by) {
        return switch (by) {
            case Correction c -> {
                Standing said = c.replacement().header().standing();
                yield new KnownEntry(
                        k.sequence(),
                        c.replacement(),
                        said == null ? k.standing() : said,
                        k.withdrawn());
            }
            case Withdrawal _ -> new KnownEntry(k.sequence(), k.entry(), k.standing(), true);
            case Confirmation _ ->
                    new KnownEntry(k.sequence(), k.entry(), Standing.CONFIRMED, k.withdrawn());
        };
    }

    private static int sequenceOf(Target target, List<Entry> earlier) {
        if (target instanceof Target.BySequence(int sequence)) {
            return sequence;
        }
        String ref = ((Target.ByRef) target).ref();
        for (int i = 0; i < earlier.size(); i++) {
            Entry entry = earlier.get(i);
            if (ref.equals(entry.header().ref())) {
                return i + 1;
            }
            if (entry instanceof Correction c && ref.equals(c.replacement().header().ref())) {
                return sequenceOf(c.target(), earlier.subList(0, i));
            }
        }
        return 0;
    }

    private static Optional<KnownEntry> known(List<Entry> entries, int sequence) {
        return known(entries).stream().filter(k -> k.sequence() == sequence).findFirst();
    }

    private void add(KnownEntry k) {
        Header h = k.entry().header();
        LocalDate occurredOn = h.occurredOn().date();
        LocalDate effectiveOn = effectiveOn(k.entry());
        for (int place = 0; place < k.entry().terms().size(); place++) {
            if (k.entry().terms().get(place) instanceof Placeable a) {
                acts.add(
                        new Act(
                                a,
                                a.key().value(),
                                a.validFrom() == null ? effectiveOn : a.validFrom().date(),
                                a.validTo() == null ? LocalDate.MAX : a.validTo().date(),
                                occurredOn,
                                k.sequence(),
                                place));
            }
        }
        switch (k.entry()) {
            case Opening o ->
                    moves.add(
                            new Move(
                                    occurredOn,
                                    k.sequence(),
                                    effectiveOn,
                                    o.parties().stream().map(Entries::joins).toList()));
            case Amendment a ->
                    moves.add(new Move(occurredOn, k.sequence(), effectiveOn, a.partyChanges()));
            case Closing c ->
                    endings.add(
                            new Ending(
                                    occurredOn,
                                    k.sequence(),
                                    effectiveOn,
                                    c.survives().stream()
                                            .map(Object::toString)
                                            .collect(Collectors.toSet())));
            case Entry.Announcement _, Entry.FundingRound _, Entry.Partnership _ -> {}
        }
    }

    private static LocalDate effectiveOn(Original entry) {
        Header h = entry.header();
        return (h.effectiveOn() == null ? h.occurredOn() : h.effectiveOn()).date();
    }

    private Oracle without(Predicate<Act> left) {
        return new Oracle(acts.stream().filter(left.negate()).toList(), endings, moves);
    }

    // ---- terms

    private static final Comparator<Act> PRECEDENCE =
            Comparator.comparing(Act::occurredOn)
                    .thenComparing(Act::sequence)
                    .thenComparing(Act::place);

    private static final Comparator<Act> AMONG_DISCLOSURES =
            Comparator.comparing(Act::from).thenComparing(Act::sequence).thenComparing(Act::place);

    public Set<String> keys() {
        return acts.stream().map(Act::key).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The introduce, change or retire that prevails on that day, closings apart. */
    private @Nullable Act instrument(String key, LocalDate day) {
        return acts.stream()
                .filter(a -> a.key().equals(key) && !a.discloses() && a.covers(day))
                .max(PRECEDENCE)
                .orElse(null);
    }

    /** The introduce or change above which a disclosure ranks. */
    private @Nullable Act base(Act disclosure) {
        Act holds = instrument(disclosure.key(), disclosure.from());
        return holds == null || holds.retires() ? null : holds;
    }

    private boolean valid(Act act, LocalDate day) {
        if (!act.covers(day)) {
            return false;
        }
        Act base = act.discloses() ? base(act) : null;
        return base == null || day.isBefore(base.to());
    }

    private boolean outranks(Act one, Act other) {
        Act oneBase = one.discloses() ? base(one) : one;
        Act otherBase = other.discloses() ? base(other) : other;
        if (oneBase == null || otherBase == null) {
            return oneBase != null
                    || otherBase == null && AMONG_DISCLOSURES.compare(one, other) > 0;
        }
        if (oneBase != otherBase) {
            return PRECEDENCE.compare(oneBase, otherBase) > 0;
        }
        return one.discloses() && (!other.discloses() || AMONG_DISCLOSURES.compare(one, other) > 0);
    }

    private @Nullable Act highest(String key, LocalDate day, Predicate<Act> among) {
        Act highest = null;
        for (Act act : acts) {
            if (act.key().equals(key)
                    && among.test(act)
                    && valid(act, day)
                    && (highest == null || outranks(act, highest))) {
                highest = act;
            }
        }
        return highest;
    }

    private boolean closed(String key, LocalDate day) {
        return endings.stream()
                .anyMatch(e -> !day.isBefore(e.from()) && !e.survives().contains(key));
    }

    /** What holds the key on that day; null where it is not in force. */
    public @Nullable Act held(String key, LocalDate day) {
        Act highest = closed(key, day) ? null : highest(key, day, _ -> true);
        return highest == null || highest.retires() ? null : highest;
    }

    @Nullable String content(String key, LocalDate day) {
        Act held = held(key, day);
        return held == null ? null : held.content();
    }

    /** Contents by key. */
    SortedMap<String, String> terms(LocalDate day) {
        SortedMap<String, String> terms = new TreeMap<>();
        for (String key : keys()) {
            String content = content(key, day);
            if (content != null) {
                terms.put(key, content);
            }
        }
        return terms;
    }

    private static String contentOf(String key, Provision p) {
        List<String> fields = new ArrayList<>();
        if (p.condition() != null) {
            fields.add("\"condition\":\"" + p.condition() + "\"");
        }
        fields.add("\"key\":\"" + key + "\"");
        fields.add("\"statement\":\"" + p.statement() + "\"");
        if (p.validTo() != null) {
            fields.add("\"validTo\":\"" + p.validTo().date() + "\"");
        }
        if (p.value() != null) {
            fields.add("\"value\":" + valueOf(p.value()));
        }
        return "{" + String.join(",", fields) + "}";
    }

    private static String valueOf(TermValue value) {
        SortedMap<String, String> fields = new TreeMap<>();
        switch (value) {
            case TermValue.Text v -> fields.put("text", "\"" + v.text() + "\"");
            case TermValue.Flag v -> fields.put("flag", "" + v.flag());
            case TermValue.Money v -> {
                fields.put("amount", "\"" + shortest(v.amount().given()) + "\"");
                fields.put("currency", "\"" + v.currency() + "\"");
            }
            case TermValue.Percentage v ->
                    fields.put("percentage", "\"" + shortest(v.percentage().given()) + "\"");
            case TermValue.Quantity v -> {
                fields.put("quantity", "\"" + shortest(v.quantity().given()) + "\"");
                fields.put("unit", "\"" + v.unit() + "\"");
            }
            case TermValue.OnDay v -> fields.put("day", "\"" + v.day().date() + "\"");
            case TermValue.Party v -> fields.put("party", "\"" + v.party() + "\"");
        }
        fields.put("type", "\"" + value.type() + "\"");
        if (value.qualifier() != null) {
            fields.put(
                    "qualifier",
                    switch (value.qualifier()) {
                        case ABOUT -> "\"about\"";
                        case UP_TO -> "\"up-to\"";
                        case AT_LEAST -> "\"at-least\"";
                    });
        }
        return fields.entrySet().stream()
                .map(f -> "\"" + f.getKey() + "\":" + f.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String shortest(String decimal) {
        String text = decimal;
        if (text.contains(".")) {
            while (text.endsWith("0")) {
                text = text.substring(0, text.length() - 1);
            }
            if (text.endsWith(".")) {
                text = text.substring(0, text.length() - 1);
            }
        }
        return text.equals("-0") ? "0" : text;
    }

    // ---- parties and fingerprint

    /** Names by id, in order. */
    Map<String, String> parties(LocalDate day) {
        Map<String, String> parties = new LinkedHashMap<>();
        moves.stream()
                .filter(m -> !m.from().isAfter(day))
                .sorted(Comparator.comparing(Move::occurredOn).thenComparing(Move::sequence))
                .flatMap(m -> m.changes().stream())
                .forEach(change -> {
                    if (change.from() == null) {
                        parties.put(change.to().id(), change.to().name());
                    } else if (parties.containsKey(change.from())) {
                        Map<String, String> former = new LinkedHashMap<>(parties);
                        parties.clear();
                        former.forEach((id, name) -> {
                            if (!id.equals(change.from())) {
                                parties.put(id, name);
                            } else if (change.to() != null) {
                                parties.put(change.to().id(), change.to().name());
                            }
                        });
                    }
                });
        return parties;
    }

    /** In hexadecimal. */
    public String fingerprint(LocalDate day) {
        String parties =
                new TreeSet<>(parties(day).keySet())
                        .stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(","));
        String text =
                "{\"parties\":["
                        + parties
                        + "],\"terms\":["
                        + String.join(",", terms(day).values())
                        + "]}";
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- constancy

    record Constancy(
            boolean unchanged,
            String fingerprintFrom,
            String fingerprintTo,
            String parties,
            SortedMap<String, String> terms) {}

    Constancy constancy(LocalDate from, LocalDate to) {
        Predicate<Act> told =
                a ->
                        a.discloses()
                                && (within(a.occurredOn(), from, to) || within(a.from(), from, to));
        Oracle reduced = without(told);
        SortedMap<String, String> terms = new TreeMap<>();
        for (String key : keys()) {
            String outcome = outcome(key, from, to, reduced, told);
            if (outcome != null) {
                terms.put(key, outcome);
            }
        }
        List<Set<String>> parties = new ArrayList<>();
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
            parties.add(parties(day).keySet());
        }
        String partyOutcome =
                parties.stream().allMatch(parties.getFirst()::equals)
                        ? "UNCHANGED"
                        : ends(!parties.getFirst().isEmpty(), !parties.getLast().isEmpty(), false);
        boolean unchanged =
                partyOutcome.equals("UNCHANGED")
                        && Set.of("UNCHANGED", "DISCLOSED").containsAll(terms.values());
        return new Constancy(
                unchanged, reduced.fingerprint(from), reduced.fingerprint(to), partyOutcome, terms);
    }

    private static boolean within(LocalDate day, LocalDate from, LocalDate to) {
        return day.isAfter(from) && !day.isAfter(to);
    }

    private @Nullable String outcome(
            String key, LocalDate from, LocalDate to, Oracle reduced, Predicate<Act> told) {
        boolean same = true;
        boolean altered = false;
        for (LocalDate day = from.plusDays(1); !day.isAfter(to); day = day.plusDays(1)) {
            LocalDate today = day;
            same &= Objects.equals(reduced.content(key, from), reduced.content(key, day));
            // What no disclosure that starts today has done: an instrument, a closing or a lapse.
            altered |=
                    !Objects.equals(
                            content(key, day.minusDays(1)),
                            without(a -> a.discloses() && a.from().equals(today))
                                    .content(key, day));
        }
        if (altered || !same) {
            Oracle read = altered ? this : reduced;
            Act instrument = instrument(key, to);
            boolean lapsed = !closed(key, to) && (instrument == null || !instrument.retires());
            return ends(read.held(key, from) != null, read.held(key, to) != null, lapsed);
        }
        if (acts.stream().anyMatch(a -> a.key().equals(key) && told.test(a))) {
            return "DISCLOSED";
        }
        return held(key, from) == null ? null : "UNCHANGED";
    }

    private static String ends(boolean before, boolean after, boolean lapsed) {
        if (!before && after) {
            return "INTRODUCED";
        }
        if (before && !after) {
            return lapsed ? "LAPSED" : "RETIRED";
        }
        return before ? "CHANGED" : "RETIRED";
    }

    // ---- what the newest of n entries did

    record Effect(
            String sum,
            Set<String> introduced,
            Set<String> changed,
            Set<String> retired,
            Set<String> disclosed,
            Set<String> corrected,
            boolean partiesChanged) {}

    record Findings(Effect effect, String before, String after, List<String> verdicts) {}

    static Findings findings(List<Entry> entries, int n, Set<LocalDate> days) {
        Entry newest = entries.get(n - 1);
        List<Entry> earlier = entries.subList(0, n - 1);
        List<Entry> all = entries.subList(0, n);
        int subject = newest instanceof Revision r ? sequenceOf(r.target(), earlier) : n;
        KnownEntry is = known(all, subject).orElseThrow();
        boolean confirmed = is.standing() == Standing.CONFIRMED;
        if (newest instanceof Revision) {
            confirmed |= known(earlier, subject).orElseThrow().standing() == Standing.CONFIRMED;
        }
        View view = confirmed ? View.CONFIRMED : View.ALL;
        Oracle without = at(entries, n - 1, view);
        Oracle with = at(entries, n, view);
        LocalDate day = newest.header().occurredOn().date();
        Effect effect;
        if (newest instanceof Original original) {
            effect = effect(original, n, without, with);
            for (Act act : actsOf(original, n)) {
                day = later(day, act.from());
            }
            if (original instanceof Closing
                    || original instanceof Opening
                    || original instanceof Amendment a && !a.partyChanges().isEmpty()) {
                day = later(day, effectiveOn(original));
            }
        } else {
            effect = corrected(without, with, days);
        }
        View judged = is.standing() == Standing.CONFIRMED ? View.CONFIRMED : View.ALL;
        Oracle others = at(known(all), judged, k -> k.sequence() != subject);
        return new Findings(
                effect,
                without.fingerprint(day),
                with.fingerprint(day),
                is.withdrawn() ? List.of() : verdicts(is.entry(), others));
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static List<Act> actsOf(Original entry, int sequence) {
        Oracle alone = new Oracle(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        alone.add(new KnownEntry(sequence, entry, Standing.CONFIRMED, false));
        return alone.acts;
    }

    private static Effect effect(Original entry, int sequence, Oracle without, Oracle with) {
        Set<String> introduced = new TreeSet<>();
        Set<String> changed = new TreeSet<>();
        Set<String> retired = new TreeSet<>();
        Set<String> disclosed = new TreeSet<>();
        for (Act act : actsOf(entry, sequence)) {
            Act before = without.held(act.key(), act.from());
            Act after = with.held(act.key(), act.from());
            if (act.discloses()) {
                if (!saysTheSame(before, after)) {
                    disclosed.add(act.key());
                }
            } else if (before == null && after != null) {
                introduced.add(act.key());
            } else if (before != null && after == null) {
                retired.add(act.key());
            } else if (before != null && !before.content().equals(after.content())) {
                changed.add(act.key());
            }
        }
        if (entry instanceof Closing) {
            LocalDate end = effectiveOn(entry);
            for (String key : without.keys()) {
                if (without.held(key, end) != null && with.held(key, end) == null) {
                    retired.add(key);
                }
            }
        }
        boolean parties = entry instanceof Amendment && differentParties(without, with);
        return effect(introduced, changed, retired, disclosed, Set.of(), parties);
    }

    private static boolean differentParties(Oracle one, Oracle other) {
        Set<LocalDate> days = new HashSet<>();
        one.moves.forEach(m -> days.add(m.from()));
        other.moves.forEach(m -> days.add(m.from()));
        return days.stream()
                .anyMatch(d ->
                        !List.copyOf(one.parties(d).entrySet())
                                .equals(List.copyOf(other.parties(d).entrySet())));
    }

    private static boolean saysTheSame(@Nullable Act one, @Nullable Act other) {
        return one == null || other == null
                ? one == other
                : one.content().equals(other.content())
                        && Objects.equals(one.quote(), other.quote());
    }

    private static Effect corrected(Oracle without, Oracle with, Set<LocalDate> days) {
        Set<String> corrected = new TreeSet<>();
        Set<String> keys = without.keys();
        keys.addAll(with.keys());
        for (String key : keys) {
            for (LocalDate day : days) {
                if (!saysTheSame(without.held(key, day), with.held(key, day))) {
                    corrected.add(key);
                }
            }
        }
        return effect(
                Set.of(), Set.of(), Set.of(), Set.of(), corrected, differentParties(without, with));
    }

    private static Effect effect(
            Set<String> introduced,
            Set<String> changed,
            Set<String> retired,
            Set<String> disclosed,
            Set<String> corrected,
            boolean parties) {
        String sum = "UNCHANGED";
        if (!disclosed.isEmpty()) {
            sum = "DISCLOSED";
        }
        if (!corrected.isEmpty()) {
            sum = "CORRECTED";
        }
        if (parties || introduced.size() + changed.size() + retired.size() > 0) {
            sum = "CHANGED";
        }
        return new Effect(sum, introduced, changed, retired, disclosed, corrected, parties);
    }

    private static List<String> verdicts(Original entry, Oracle others) {
        Set<String> named = new HashSet<>();
        for (TermAction action : entry.terms()) {
            switch (action) {
                case Placeable a -> named.add(a.key().value());
                case Reaffirm a -> named.add(a.key() == null ? "*" : a.key().value());
            }
        }
        LocalDate madeOn = entry.header().occurredOn().date();
        List<String> verdicts = new ArrayList<>();
        for (TermAction action : entry.terms()) {
            if (action instanceof Reaffirm claim) {
                if (claim.key() != null) {
                    verdicts.add(
                            claim.key() + " " + others.verdict(claim, claim.key().value(), madeOn));
                } else {
                    for (String key : others.terms(claim.since().date()).keySet()) {
                        if (!named.contains(key)) {
                            verdicts.add(key + " " + others.verdict(claim, key, madeOn));
                        }
                    }
                }
            }
        }
        return verdicts;
    }

    private String verdict(Reaffirm claim, String key, LocalDate madeOn) {
        if (acts.stream().noneMatch(a -> a.key().equals(key) && !a.retires())) {
            return "UNKNOWN_TERM";
        }
        Act held = held(key, madeOn);
        if (held == null) {
            return "CONTRADICTED";
        }
        LocalDate since = claim.since() == null ? held.from() : claim.since().date();
        if (held(key, since) == null
                || !Set.of("UNCHANGED", "DISCLOSED")
                        .contains(String.valueOf(constancy(since, madeOn).terms().get(key)))) {
            return "CONTRADICTED";
        }
        Provision provision = ((Provides) held.says()).provision();
        if (claim.value() != null
                && provision.value() != null
                && !valueOf(claim.value()).equals(valueOf(provision.value()))) {
            return "CONTRADICTED";
        }
        String quote = claim.remark().quote();
        return quote != null
                        && provision.quote() != null
                        && !folded(quote).equals(folded(provision.quote()))
                ? "REWORDED"
                : "UPHELD";
    }

    private static String folded(String quote) {
        return quote.trim().replaceAll(" +", " ").toLowerCase();
    }

    // ---- the rules that compare with the other entries

    /** The rule by which the history refuses the entry; null where it accepts. */
    static @Nullable Rule refusal(List<Entry> entries, Entry offered) {
        List<Entry> all = new ArrayList<>(entries);
        all.add(offered);
        int subject = offered instanceof Revision r ? sequenceOf(r.target(), entries) : all.size();
        KnownEntry is = known(all, subject).orElseThrow();
        Oracle before = at(entries, entries.size(), View.CONFIRMED);
        Oracle after = at(all, all.size(), View.CONFIRMED);
        for (Act act : after.acts) {
            if (act.sequence() == subject && after.objection(act) != null) {
                return after.objection(act);
            }
        }
        if (!is.withdrawn()
                && is.standing() == Standing.CONFIRMED
                && is.entry() instanceof Amendment amendment
                && amendment.restates()
                && !addressesEveryTerm(amendment, subject, after)) {
            return Rule.RESTATEMENT_INCOMPLETE;
        }
        for (Act act : after.acts) {
            if (act.sequence() != subject
                    && after.objection(act) != null
                    && before.objection(act) == null) {
                return Rule.HISTORY_CONTRADICTS;
            }
        }
        return null;
    }

    private static boolean addressesEveryTerm(Amendment amendment, int sequence, Oracle after) {
        LocalDate occurredOn = amendment.header().occurredOn().date();
        Oracle below =
                after.without(a ->
                        a.occurredOn().isAfter(occurredOn)
                                || a.occurredOn().equals(occurredOn) && a.sequence() >= sequence);
        Set<String> missing = new TreeSet<>(below.terms(effectiveOn(amendment)).keySet());
        for (TermAction action : amendment.terms()) {
            switch (action) {
                case Disclose _ -> {}
                case Placeable a -> missing.remove(a.key().value());
                case Reaffirm claim when claim.key() == null -> missing.clear();
                case Reaffirm claim -> missing.remove(claim.key().value());
            }
        }
        return missing.isEmpty();
    }

    /** Why the entries below do not let the act stand; null where they do. */
    @Nullable Rule objection(Act act) {
        for (Ending end : endings) {
            boolean older =
                    end.occurredOn().isBefore(act.occurredOn())
                            || end.occurredOn().equals(act.occurredOn())
                                    && end.sequence() < act.sequence();
            if (older && !act.from().isBefore(end.from()) && !end.survives().contains(act.key())) {
                return Rule.AGREEMENT_CLOSED;
            }
        }
        Act below = highest(act.key(), act.from(), other -> outranks(act, other));
        boolean held = below != null && !below.retires();
        return switch (act.says()) {
            case Introduce _ -> held ? Rule.TERM_ALREADY_IN_FORCE : null;
            case Change _, Retire _ -> held ? null : Rule.TERM_NOT_IN_FORCE;
            case Disclose _ -> {
                Act instrument = instrument(act.key(), act.from());
                if (instrument != null && instrument.retires()) {
                    yield Rule.TERM_NOT_IN_FORCE;
                }
                yield held && saysTheSame(act, below) ? Rule.TERM_ALREADY_KNOWN : null;
            }
        };
    }

    /** What the rules object to in the history as it is: nothing, for confirmed entries. */
    List<String> objections() {
        return acts.stream()
                .filter(act -> objection(act) != null)
                .map(act -> act + ": " + objection(act))
                .toList();
    }
}
