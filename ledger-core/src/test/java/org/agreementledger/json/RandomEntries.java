package org.agreementledger.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.Header;
import org.agreementledger.agreement.Kind;
import org.agreementledger.agreement.Party;
import org.agreementledger.agreement.Source;
import org.agreementledger.agreement.Standing;
import org.agreementledger.terms.Decimal;
import org.agreementledger.terms.Provision;
import org.agreementledger.terms.TermAction;
import org.agreementledger.terms.TermKey;
import org.agreementledger.terms.TermValue;
import org.agreementledger.time.Day;

/**
 * Entries of every shape that the contract allows, by seed. They need not obey the rules of decide.
 */
public final class RandomEntries {

    private static final String[] WORDS = {
        "cloud",
        "§ 4.2(b)",
        "“exclusive”",
        "日本",
        "😀",
        "a/b~c",
        "\"\\",
        "tab\tand\nline",
        "27%",
        "null"
    };

    private final Random random;
    private final AgreementId agreementId;
    private List<String> sourceIds = List.of();

    private RandomEntries(long seed) {
        random = new Random(seed);
        agreementId = new AgreementId(slug());
    }

    public static Entry of(long seed) {
        RandomEntries entries = new RandomEntries(seed);
        return entries.entry(Kind.values()[(int) (seed % Kind.values().length)]);
    }

    private Entry entry(Kind kind) {
        return switch (kind) {
            case CORRECTION -> {
                Entry.Original replacement = original(any(ORIGINALS));
                yield new Entry.Correction(header(false), target(), replacement, text());
            }
            case WITHDRAWAL -> new Entry.Withdrawal(header(false), target(), text());
            case CONFIRMATION -> new Entry.Confirmation(header(false), target());
            default -> original(kind);
        };
    }

    private static final Kind[] ORIGINALS =
            Stream.of(Kind.values())
                    .filter(kind -> kind.compareTo(Kind.CORRECTION) < 0)
                    .toArray(Kind[]::new);

    private Entry.Original original(Kind kind) {
        Header header = header(true);
        return switch (kind) {
            case OPENING ->
                    new Entry.Opening(
                            header,
                            List.of(new Party("first", text()), new Party("second", text())),
                            some(this::introduce));
            case ANNOUNCEMENT -> new Entry.Announcement(header, parties(), some(this::action));
            case FUNDING_ROUND ->
                    new Entry.FundingRound(
                            header,
                            party(),
                            maybe(this::text),
                            maybe(this::amount),
                            maybe(this::amount),
                            maybe(this::amount),
                            some(() ->
                                    new Entry.Investor(
                                            slug(),
                                            text(),
                                            maybe(this::amount),
                                            maybe(this::text))),
                            some(this::action));
            case PARTNERSHIP ->
                    new Entry.Partnership(
                            header,
                            parties(),
                            maybe(this::text),
                            maybe(this::amount),
                            some(this::action));
            case AMENDMENT ->
                    new Entry.Amendment(
                            header,
                            some(this::action),
                            some(this::key),
                            random.nextBoolean(),
                            some(this::partyChange));
            case CLOSING -> {
                Entry.Closing.How how = any(Entry.Closing.How.values());
                yield new Entry.Closing(
                        header,
                        how,
                        how == Entry.Closing.How.SUPERSEDED ? new AgreementId(slug()) : null,
                        some(this::key));
            }
            case CORRECTION, WITHDRAWAL, CONFIRMATION -> throw new IllegalArgumentException();
        };
    }

    private Header header(boolean standing) {
        List<Source> sources = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            sources.add(source(random.nextBoolean() ? "s" + i : null));
        }
        sourceIds = sources.stream().map(Source::id).filter(id -> id != null).toList();
        return new Header(
                agreementId,
                day(),
                maybe(this::day),
                maybe(this::day),
                text(),
                maybe(this::text),
                standing ? maybe(() -> any(Standing.values())) : null,
                random.nextBoolean(),
                maybe(this::slug),
                maybe(this::slug),
                some(() -> new Header.Identifier(slug(), text())),
                sources,
                some(() -> new Header.Concern(key(), any(Header.Concern.How.values()))));
    }

    private Source source(String id) {
        return new Source(
                id,
                text(),
                maybe(() -> "https://example.org/" + slug()),
                maybe(this::day),
                maybe(this::day),
                maybe(() -> any(Source.Role.values())),
                maybe(this::text),
                maybe(() -> new Source.Via(text(), maybe(() -> "http://example.com/?q=" + slug()))),
                maybe(this::text),
                maybe(() -> "0123456789abcdef".repeat(4)));
    }

    private Entry.Target target() {
        return random.nextBoolean()
                ? new Entry.Target.BySequence(1 + random.nextInt(Integer.MAX_VALUE))
                : new Entry.Target.ByRef(slug());
    }

    private Entry.PartyChange partyChange() {
        Entry.PartyChange.How how = any(Entry.PartyChange.How.values());
        return new Entry.PartyChange(
                how == Entry.PartyChange.How.JOINING ? null : slug(),
                how == Entry.PartyChange.How.LEAVING ? null : party(),
                how);
    }

    private TermAction action() {
        return switch (random.nextInt(5)) {
            case 0 -> introduce();
            case 1 -> new TermAction.Change(key(), provision(), maybe(this::day));
            case 2 -> new TermAction.Disclose(key(), provision(), day());
            case 3 -> new TermAction.Retire(key(), remark(), maybe(this::day), maybe(this::day));
            default ->
                    random.nextInt(4) == 0
                            ? new TermAction.Reaffirm(null, remark(), day(), null)
                            : new TermAction.Reaffirm(
                                    key(), remark(), maybe(this::day), maybe(this::value));
        };
    }

    private TermAction introduce() {
        return new TermAction.Introduce(key(), provision(), maybe(this::day));
    }

    private Provision provision() {
        return new Provision(
                text(),
                maybe(this::text),
                maybe(this::value),
                maybe(this::slug),
                maybe(this::text),
                maybe(this::day),
                maybe(() -> any(Provision.Withheld.values())),
                maybe(this::text),
                sourceId(),
                maybe(this::text));
    }

    private TermAction.Remark remark() {
        return new TermAction.Remark(
                maybe(this::text),
                maybe(this::text),
                maybe(this::text),
                sourceId(),
                maybe(this::text));
    }

    private String sourceId() {
        return sourceIds.isEmpty() || random.nextBoolean()
                ? null
                : sourceIds.get(random.nextInt(sourceIds.size()));
    }

    private TermValue value() {
        TermValue.Qualifier qualifier = maybe(() -> any(TermValue.Qualifier.values()));
        return switch (random.nextInt(7)) {
            case 0 -> new TermValue.Text(text(), qualifier);
            case 1 -> new TermValue.Flag(random.nextBoolean(), qualifier);
            case 2 -> new TermValue.Money(decimal("-"), "EUR", qualifier);
            case 3 -> new TermValue.Percentage(decimal("-"), qualifier);
            case 4 -> new TermValue.Quantity(decimal("-"), text(), qualifier);
            case 5 -> new TermValue.OnDay(day(), qualifier);
            default -> new TermValue.Party(slug(), qualifier);
        };
    }

    private TermValue.Money amount() {
        return new TermValue.Money(
                decimal(""), "USD", maybe(() -> any(TermValue.Qualifier.values())));
    }

    private Decimal decimal(String sign) {
        return new Decimal(
                (random.nextBoolean() ? sign : "")
                        + random.nextLong(1_000_000_000_000L)
                        + any("", ".0", ".50", ".123456789012345678"));
    }

    private List<Party> parties() {
        return Stream.generate(this::party).limit(1 + random.nextInt(3)).toList();
    }

    private Party party() {
        return new Party(slug(), text());
    }

    private TermKey key() {
        return new TermKey(any("a", "cloud.api", "x_1.y_2.z", "0"));
    }

    private String slug() {
        return any("a", "7", "2026", "side-letter", "x".repeat(64));
    }

    private Day day() {
        String day =
                "%04d-%02d-%02d"
                        .formatted(
                                1900 + random.nextInt(200),
                                1 + random.nextInt(12),
                                1 + random.nextInt(28));
        return Day.parse(day.substring(0, any(4, 7, 10)));
    }

    private String text() {
        return any(WORDS) + " " + any(WORDS);
    }

    private <T> List<T> some(Supplier<T> item) {
        return Stream.generate(item).limit(random.nextInt(4)).toList();
    }

    private <T> T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    @SafeVarargs
    private <T> T any(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
