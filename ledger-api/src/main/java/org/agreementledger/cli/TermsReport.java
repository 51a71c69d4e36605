package org.agreementledger.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.agreementledger.api.words.ValueWords;
import org.agreementledger.asof.TermAnswer;
import org.agreementledger.asof.TermsAnswer;
import org.agreementledger.asof.TermsAnswer.EntryLink;
import org.agreementledger.asof.TermsAnswer.HeldTerm;
import org.agreementledger.time.Rfc3339;
import org.jspecify.annotations.Nullable;

/** The terms in force on one day, or one of them whole. */
final class TermsReport {

    private static final int INDENT = 2;
    private static final int LABEL_WIDTH = 16;

    private TermsReport() {}

    static void print(Page page, TermsAnswer answer) {
        page.print(
                Text.of(answer.agreementId(), Style.STRONG)
                        .plus(" — " + answer.title(), Style.STRONG));
        page.print(
                answer.status().replace('-', ' ')
                        + " · "
                        + Phrases.count(answer.terms().size(), "term", "terms")
                        + " · "
                        + Phrases.parties(answer.parties()));
        page.print(asOf(answer.validOn(), answer.knownAt(), answer.standing()));
        page.print(Text.of(answer.fingerprint(), Style.QUIET));
        if (answer.terms().isEmpty()) {
            return;
        }
        page.blank();
        Table table = new Table("TERM", "SINCE", "BY", "STATEMENT");
        for (HeldTerm term : answer.terms()) {
            table.row(
                    Text.of(term.key()),
                    Text.of(term.validFrom()),
                    Text.of(String.valueOf(term.setBy().sequence())),
                    statement(term));
        }
        table.print(page);
    }

    private static Text asOf(LocalDate validOn, Instant knownAt, String standing) {
        return Text.of(
                "on "
                        + validOn
                        + " · as known on "
                        + Rfc3339.text(knownAt)
                        + " · "
                        + Phrases.view(standing),
                Style.QUIET);
    }

    private static Text statement(HeldTerm term) {
        Text text = Text.of(term.statement());
        if (term.condition() != null) {
            text = text.plus(" (" + term.condition() + ")");
        }
        if (term.validTo() != null) {
            text = text.note("ends before " + term.validTo(), Style.QUIET);
        }
        if (term.disclosed()) {
            text = text.note("disclosed", Style.TOLD);
        }
        text = by(text, "upheld by ", term.affirmedBy(), Style.QUIET);
        text = by(text, "not addressed by ", term.notAddressedBy(), Style.QUIET);
        return by(text, "contested by ", term.contestedBy(), Style.DOUBTFUL);
    }

    private static Text by(Text text, String what, @Nullable EntryLink link, Style style) {
        return link == null ? text : text.note(what + link.sequence(), style);
    }

    /**
     * @param source a line about it; null where the term names none
     */
    static void print(Page page, TermAnswer answer, @Nullable String source) {
        page.print(
                Text.of(answer.key(), Style.STRONG)
                        .plus(" of " + answer.agreementId() + ": ")
                        .plus(
                                answer.state().replace('-', ' ').toUpperCase(Locale.ROOT),
                                answer.term() == null ? Style.BAD_HEADING : Style.GOOD_HEADING));
        page.print(asOf(answer.validOn(), answer.knownAt(), answer.standing()));
        HeldTerm term = answer.term();
        if (term == null) {
            return;
        }
        page.blank();
        field(page, "statement", term.statement());
        field(page, "quote", term.quote() == null ? null : "“" + term.quote() + "”");
        field(page, "value", term.value() == null ? null : ValueWords.value(term.value()));
        field(page, "condition", term.condition());
        field(page, "category", term.category());
        field(page, "withheld", term.withheld());
        field(page, "characterised as", term.characterisedAs());
        field(page, "valid", Phrases.days(term.validFrom(), term.validTo()));
        field(page, "source", source);
        field(page, "locator", term.locator());
        field(page, term.disclosed() ? "disclosed by" : "set by", Phrases.link(term.setBy()));
        link(page, "upheld by", term.affirmedBy());
        link(page, "not addressed by", term.notAddressedBy());
        link(page, "contested by", term.contestedBy());
    }

    private static void link(Page page, String name, @Nullable EntryLink link) {
        field(page, name, link == null ? null : Phrases.link(link));
    }

    private static void field(Page page, String name, @Nullable String text) {
        if (text != null) {
            page.labelled(INDENT, LABEL_WIDTH, Text.of(name, Style.QUIET), Text.of(text));
        }
    }
}
