package org.agreementledger.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Effect;
import org.agreementledger.agreement.Kind;
import org.agreementledger.agreement.Standing;
import org.agreementledger.agreement.Verdict;
import org.agreementledger.agreement.View;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.entries.EntryFilter;
import org.agreementledger.log.KnownAt;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.search.SearchExpression;
import org.agreementledger.time.Day;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "entries",
        description =
                "Lists what was recorded, in order, with what each entry did to the terms and what became of its claims.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./ledger entries microsoft-openai --demo --verdict reworded",
            "  ./ledger entries --demo --party amazon --occurred-from 2026-01-01",
            "  ./ledger entries --demo --q 'exclusiv* -azure'",
            "  ./ledger entries --demo --effect changed --format csv > changes.csv"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:fine", "2:wrong usage, or no such agreement", "3:cannot run"})
final class EntriesCommand extends Task {

    private static final LocalTime LAST_MILLISECOND = LocalTime.of(23, 59, 59, 999_000_000);

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ID",
            description = "The agreement (default: all).")
    @Nullable AgreementId agreementId;

    @Option(names = "--kind", paramLabel = "KIND", description = "Like funding-round.")
    @Nullable String kind;

    @Option(
            names = "--party",
            paramLabel = "ID",
            description = "Entries that name this organisation, in whatever role.")
    @Nullable String party;

    @Option(names = "--actor", paramLabel = "NAME", description = "Recorded by this one.")
    @Nullable String actor;

    @Option(
            names = "--effect",
            paramLabel = "EFFECT",
            description = "changed, corrected, disclosed or unchanged.")
    @Nullable String effect;

    @Option(
            names = "--verdict",
            paramLabel = "VERDICT",
            description = "With a claim that is upheld, reworded, contradicted or unknown-term.")
    @Nullable String verdict;

    @Option(names = "--term", paramLabel = "KEY", description = "Entries that say something of it.")
    @Nullable String term;

    @Option(
            names = "--category",
            paramLabel = "SLUG",
            description = "Entries that give a term of this category a version.")
    @Nullable String category;

    @Option(
            names = "--standing",
            paramLabel = "S",
            description = "confirmed, reported, or all (default: all).")
    @Nullable String standing;

    @Option(names = "--ref", paramLabel = "REF", description = "With this handle.")
    @Nullable String ref;

    @Option(
            names = "--occurred-from",
            paramLabel = "DAY",
            description = "Occurred on that day or later.")
    @Nullable LocalDate occurredFrom;

    @Option(
            names = "--occurred-to",
            paramLabel = "DAY",
            description = "Occurred on that day or earlier.")
    @Nullable LocalDate occurredTo;

    @Option(
            names = "--recorded-from",
            paramLabel = "T",
            description = "Recorded on that day (UTC) or at that instant, or later.")
    @Nullable String recordedFrom;

    @Option(
            names = "--recorded-to",
            paramLabel = "T",
            description = "Recorded on that day (UTC) or at that instant, or earlier.")
    @Nullable String recordedTo;

    @Option(
            names = "--q",
            paramLabel = "WORDS",
            description =
                    "With these words in a title, summary, statement or quote: \"a phrase\", a begin*, -without, this OR that.")
    @Nullable String q;

    @Option(
            names = "--known-at",
            paramLabel = "K",
            description = "Only what was recorded at that instant, or up to that position.")
    @Nullable KnownAt knownAt;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: all).")
    @Nullable Integer limit;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "table, csv (for a spreadsheet), ndjson (one entry a line) or json; default: table, with --json json.")
    @Nullable EntriesFormat format;

    EntriesCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void prepare() {
        check("kind", kind, Kind.values());
        check("effect", effect, Effect.Sum.values());
        check("verdict", verdict, Verdict.Finding.values());
        if (standing != null && standing.equals("all")) {
            standing = null;
        }
        check("standing", standing, Standing.values());
        if (limit != null && limit < 1) {
            throw Failure.usage("--limit takes a number from 1, not " + limit + ".");
        }
        checkOrder("occurred", occurredFrom, occurredTo);
        checkOrder(
                "recorded",
                instant("--recorded-from", recordedFrom, LocalTime.MIN),
                instant("--recorded-to", recordedTo, LAST_MILLISECOND));
        expression();
    }

    private @Nullable SearchExpression expression() {
        try {
            return q == null ? null : new SearchExpression(q);
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--q: " + e.getMessage() + ".", e);
        }
    }

    private static <T extends Comparable<? super T>> void checkOrder(
            String range, @Nullable T from, @Nullable T to) {
        if (from != null && to != null && from.compareTo(to) > 0) {
            throw Failure.usage(
                    "--%1$s-from %2$s is after --%1$s-to %3$s.".formatted(range, from, to));
        }
    }

    private static void check(String option, @Nullable String value, Enum<?>[] constants) {
        List<String> known =
                Arrays.stream(constants)
                        .map(c -> c.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList();
        if (value != null && !known.contains(value)) {
            throw Failure.usage(
                    "--%s takes %s, not '%s'.".formatted(option, String.join(", ", known), value));
        }
    }

    private static @Nullable Instant instant(
            String option, @Nullable String text, LocalTime timeOfDay) {
        if (text == null) {
            return null;
        }
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : Day.parse(text).date().atTime(timeOfDay).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException | IllegalArgumentException e) {
            throw Failure.usage(
                    option
                            + " takes a day like 2026-02-27 or an instant like 2026-02-27T09:30:00Z, not '"
                            + text
                            + "'.",
                    e);
        }
    }

    @Override
    int run(LedgerNode node) {
        if (agreementId != null) {
            known(
                    node.terms()
                            .asOf(
                                    agreementId,
                                    terminal.today(),
                                    node.readModels().resolve(new KnownAt.Now()),
                                    View.ALL),
                    agreementId,
                    node);
        }
        EntriesFormat chosen =
                format != null ? format : place.json ? EntriesFormat.JSON : EntriesFormat.TABLE;
        chosen.print(entries(node), agreementId == null ? null : agreementId.value(), terminal);
        return ExitCode.FINE;
    }

    private Iterator<EntryAnswer> entries(LedgerNode node) {
        long last =
                node.readModels().resolve(knownAt == null ? new KnownAt.Now() : knownAt).position();
        Iterable<EntryAnswer> all = node.entries().all(filter(), -1, last);
        return limit == null
                ? all.iterator()
                : StreamSupport.stream(all.spliterator(), false).limit(limit).iterator();
    }

    private EntryFilter filter() {
        return new EntryFilter(
                agreementId == null ? null : agreementId.value(),
                kind,
                party,
                actor,
                effect,
                verdict,
                term,
                category,
                standing,
                ref,
                occurredFrom,
                occurredTo,
                instant("--recorded-from", recordedFrom, LocalTime.MIN),
                instant("--recorded-to", recordedTo, LAST_MILLISECOND),
                expression());
    }
}
