package org.agreementledger.cli;

import java.util.List;
import java.util.Map;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.entries.EntryAnswer.Difference;
import org.agreementledger.entries.EntryAnswer.VerdictAnswer;

/** One entry and everything the ledger found about it. */
final class EntryReport {

    private static final int INDENT = 2;
    private static final int LABEL_WIDTH = 12;

    private final Page page;
    private final EntryAnswer entry;

    EntryReport(Page page, EntryAnswer entry) {
        this.page = page;
        this.entry = entry;
    }

    void print() {
        page.print(headline());
        field("entry", "%s, %s: %s".formatted(entry.kind(), entry.occurredOn(), entry.title()));
        if (entry.standing() != null) {
            field("standing", entry.standing());
        }
        page.labelled(INDENT, LABEL_WIDTH, label("effect"), Phrases.effect(entry.effect()));
        if (!entry.verdicts().isEmpty()) {
            page.labelled(
                    INDENT, LABEL_WIDTH, label("verdicts"), Phrases.verdicts(entry.verdicts()));
        }
        if (entry.fingerprintBefore().equals(entry.fingerprintAfter())) {
            field("fingerprint", entry.fingerprintAfter() + " (unchanged)");
        } else {
            field("before", entry.fingerprintBefore());
            field("after", entry.fingerprintAfter());
        }
        if (!entry.verdicts().isEmpty()) {
            verdicts();
        }
    }

    private Text headline() {
        return entry.sequence() == null
                ? Text.of("DRY RUN", Style.STRONG).plus(" — nothing was recorded")
                : Text.of("RECORDED", Style.GOOD_HEADING)
                        .plus(
                                " — entry %s of %s, position @%s"
                                        .formatted(
                                                entry.sequence(),
                                                entry.agreementId(),
                                                entry.position()),
                                Style.STRONG)
                        .plus(EntriesReport.recorded(entry), Style.QUIET);
    }

    private void verdicts() {
        page.blank();
        Table table = new Table("CLAIMED UNCHANGED", "SINCE", "VERDICT", "CLAIMED AND HELD");
        for (VerdictAnswer verdict : entry.verdicts()) {
            table.row(
                    Text.of(verdict.key()),
                    Text.of(verdict.since()),
                    Text.of(verdict.verdict(), Phrases.verdict(verdict.verdict())),
                    words(verdict));
        }
        table.print(page);
    }

    private static Text words(VerdictAnswer verdict) {
        if (!verdict.difference().isEmpty()) {
            return difference(verdict.difference());
        }
        if (verdict.verdict().equals("upheld")) {
            return Text.of(verdict.held() == null ? "" : verdict.held());
        }
        return Text.of("claimed: ", Style.QUIET)
                .plus(verdict.claimed() == null ? "that it stayed" : verdict.claimed())
                .note("held: ", Style.QUIET)
                .plus(verdict.held() == null ? "not in force" : verdict.held());
    }

    /**
     * Marked also where there are no colours: what is no longer said in [-…-], what is new in
     * {+…+}.
     */
    private static Text difference(List<Difference> parts) {
        Map<String, Style> styles = Map.of("insert", Style.GOOD, "delete", Style.BAD);
        Text text = Text.EMPTY;
        for (Difference part : parts) {
            String shown =
                    switch (part.op()) {
                        case "insert" -> "{+" + part.text() + "+}";
                        case "delete" -> "[-" + part.text() + "-]";
                        default -> part.text();
                    };
            text =
                    text.plus(text.isEmpty() ? "" : " ")
                            .plus(shown, styles.getOrDefault(part.op(), Style.PLAIN));
        }
        return text;
    }

    private void field(String name, String text) {
        page.labelled(INDENT, LABEL_WIDTH, label(name), Text.of(text));
    }

    private static Text label(String name) {
        return Text.of(name, Style.QUIET);
    }
}
