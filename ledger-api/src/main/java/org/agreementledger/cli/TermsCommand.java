package org.agreementledger.cli;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.asof.TermAnswer;
import org.agreementledger.asof.TermsAnswer;
import org.agreementledger.asof.TermsAnswer.HeldTerm;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.terms.TermKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "terms",
        description = "Shows the terms in force on a day, as known then, or one of them whole.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./ledger terms microsoft-openai --demo --valid-on 2026-02-27",
            "  ./ledger terms microsoft-openai cloud.api.exclusivity --demo --valid-on 2026-02-27 --known-at @20"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:fine", "2:wrong usage, or no such agreement or term", "3:cannot run"})
final class TermsCommand extends Task {

    @Parameters(index = "0", paramLabel = "ID", description = "The agreement.")
    AgreementId agreementId;

    @Parameters(index = "1", arity = "0..1", paramLabel = "KEY", description = "One term of it.")
    @Nullable TermKey key;

    @Mixin final ValidTime validTime = new ValidTime();
    @Mixin final RecordTime recordTime = new RecordTime();

    TermsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(LedgerNode node) {
        LocalDate validOn = validTime.day(terminal);
        Moment moment = recordTime.moment(node);
        TermsAnswer terms =
                known(
                        node.terms().asOf(agreementId, validOn, moment, recordTime.standing),
                        agreementId,
                        node);
        if (key == null) {
            if (place.json) {
                terminal.json(terms);
            } else {
                TermsReport.print(terminal.page(), terms);
            }
        } else {
            TermAnswer term =
                    node.terms()
                            .term(agreementId, key, validOn, moment, recordTime.standing)
                            .orElseThrow(() -> UnknownTerm.of(agreementId, key, terms));
            if (place.json) {
                terminal.json(term);
            } else {
                TermsReport.print(
                        terminal.page(), term, source(node, term.term(), moment).orElse(null));
            }
        }
        return ExitCode.FINE;
    }

    /** The source that the term names by its id, out of the entry that set it as known then. */
    private Optional<String> source(LedgerNode node, @Nullable HeldTerm term, Moment moment) {
        if (term == null || term.source() == null) {
            return Optional.empty();
        }
        return node.entries()
                .entry(agreementId, term.setBy().sequence())
                .map(entry -> asKnown(node, entry, moment))
                .flatMap(entry -> source(entry, term.source()));
    }

    private Map<?, ?> asKnown(LedgerNode node, EntryAnswer entry, Moment moment) {
        if (entry.correctedBy() == null) {
            return entry.entry();
        }
        return node.entries()
                .entry(agreementId, entry.correctedBy())
                .filter(correction -> correction.position() <= moment.position())
                .filter(correction -> correction.entry().get("replacement") instanceof Map<?, ?>)
                .<Map<?, ?>>map(correction -> (Map<?, ?>) correction.entry().get("replacement"))
                .orElse(entry.entry());
    }

    private static Optional<String> source(Map<?, ?> entry, String id) {
        if (!(entry.get("sources") instanceof List<?> sources)) {
            return Optional.empty();
        }
        return sources.stream()
                .filter(source -> source instanceof Map<?, ?> s && id.equals(s.get("id")))
                .map(source -> (Map<?, ?>) source)
                .map(source ->
                        Stream.of("title", "publishedOn", "url")
                                .map(source::get)
                                .filter(Objects::nonNull)
                                .map(Object::toString)
                                .collect(Collectors.joining(" · ")))
                .findFirst();
    }
}
