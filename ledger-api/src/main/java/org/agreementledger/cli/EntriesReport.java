package org.agreementledger.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.search.Fragment;
import org.agreementledger.time.Rfc3339;
import org.jspecify.annotations.Nullable;

/** Entries, one under the other, with what the ledger found about each. */
final class EntriesReport {

    private static final int INDENT = 2;

    private EntriesReport() {}

    /** Of one agreement: sequence, day, kind, title; below it the findings. */
    static void inShort(Page page, List<EntryAnswer> entries) {
        for (EntryAnswer entry : entries) {
            Text head =
                    Text.of(
                            "%3s  %-10s  %-13s"
                                    .formatted(entry.sequence(), entry.occurredOn(), entry.kind()));
            page.labelled(INDENT, head.width(), head, Text.of(entry.title()).plus(marks(entry)));
            page.labelled(INDENT, head.width(), Text.EMPTY, findings(entry));
        }
    }

    /** Of any agreement, with who recorded it and when. */
    static void inFull(Page page, Iterator<EntryAnswer> entries, @Nullable String agreement) {
        while (entries.hasNext()) {
            EntryAnswer entry = entries.next();
            Text head =
                    Text.of(
                            "%5s  %-10s  %-13s"
                                    .formatted(
                                            "@" + entry.position(),
                                            entry.occurredOn(),
                                            entry.kind()));
            page.labelled(
                    INDENT,
                    head.width(),
                    head,
                    Text.of(entry.title(), Style.STRONG).plus(marks(entry)));
            page.labelled(INDENT, head.width(), Text.EMPTY, findings(entry));
            page.labelled(
                    INDENT,
                    head.width(),
                    Text.EMPTY,
                    Text.of(
                            "entry "
                                    + entry.sequence()
                                    + (agreement == null ? " of " + entry.agreementId() : "")
                                    + recorded(entry),
                            Style.QUIET));
            if (entry.matches() != null) {
                for (Fragment match : entry.matches()) {
                    page.labelled(INDENT, head.width(), Text.EMPTY, match(match));
                }
            }
        }
    }

    private static Text match(Fragment match) {
        Text text = Text.of(match.pointer() + ": ", Style.QUIET);
        for (Fragment.Part part : match.parts()) {
            String words = part.text().replaceAll("\\s+", " ");
            text = text.plus(words, part.hit() ? Style.HIT : Style.PLAIN);
        }
        return text;
    }

    static String recorded(EntryAnswer entry) {
        return entry.recordedAt() == null || entry.recordedBy() == null
                ? ""
                : " · recorded "
                        + Rfc3339.text(entry.recordedAt())
                        + " by "
                        + entry.recordedBy().id();
    }

    private static Text marks(EntryAnswer entry) {
        List<Text> marks = new ArrayList<>();
        if ("reported".equals(entry.standing())) {
            marks.add(Text.of("reported", Style.DOUBTFUL));
        }
        mark(marks, "corrected by ", entry.correctedBy());
        mark(marks, "withdrawn by ", entry.withdrawnBy());
        mark(marks, "confirmed by ", entry.confirmedBy());
        return marks.isEmpty() ? Text.EMPTY : Text.of(" (").plus(Text.join(", ", marks)).plus(")");
    }

    private static void mark(List<Text> marks, String what, @Nullable Integer by) {
        if (by != null) {
            marks.add(Text.of(what + by, Style.DOUBTFUL));
        }
    }

    private static Text findings(EntryAnswer entry) {
        Text effect = Phrases.effect(entry.effect());
        return entry.verdicts().isEmpty()
                ? effect
                : Text.join(" · ", List.of(effect, Phrases.verdicts(entry.verdicts())));
    }
}
