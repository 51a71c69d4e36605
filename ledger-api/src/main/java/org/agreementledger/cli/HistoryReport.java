package org.agreementledger.cli;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agreementledger.api.words.ValueWords;
import org.agreementledger.asof.TermHistoryAnswer;
import org.agreementledger.asof.TermHistoryAnswer.Known;
import org.agreementledger.asof.TermHistoryAnswer.Version;
import org.agreementledger.time.Rfc3339;
import org.jspecify.annotations.Nullable;

/** Every version of one term, when it held and when the ledger knew it so. */
final class HistoryReport {

    private static final int INDENT = 2;
    private static final int LABEL_WIDTH = 9;

    private HistoryReport() {}

    static void print(Page page, TermHistoryAnswer answer) {
        page.print(
                Text.of(answer.key(), Style.STRONG)
                        .plus(
                                " of %s: %s, %s"
                                        .formatted(
                                                answer.agreementId(),
                                                Phrases.count(
                                                        answer.versions().size(),
                                                        "version",
                                                        "versions"),
                                                Phrases.view(answer.standing()))));
        for (Version version : answer.versions()) {
            page.blank();
            page.print(heading(version));
            field(page, "statement", version.statement());
            field(page, "quote", version.quote() == null ? null : "“" + version.quote() + "”");
            field(
                    page,
                    "value",
                    version.value() == null ? null : ValueWords.value(version.value()));
            field(page, "condition", version.condition());
            field(page, "valid", Phrases.days(version.validFrom(), version.validTo()));
            field(
                    page,
                    "held",
                    version.heldFrom() == null
                            ? "never: overridden from its first day"
                            : Phrases.days(version.heldFrom(), version.heldTo()));
            field(page, "known", known(version.knownFrom(), version.knownTo()));
            field(page, "recorded", recorded(version));
            field(page, "source", source(version));
        }
    }

    private static Text heading(Version version) {
        Style style =
                switch (version.action()) {
                    case "disclose" -> Style.TOLD;
                    case "introduce" -> Style.GOOD;
                    default -> Style.BAD;
                };
        return Text.of(done(version.action()), style).plus(" by " + Phrases.link(version.setBy()));
    }

    private static String done(String action) {
        return action + (action.endsWith("e") ? "d" : "ed");
    }

    private static String known(Known from, @Nullable Known to) {
        return at(from) + " → " + (to == null ? "…" : at(to));
    }

    private static String recorded(Version version) {
        String by = Rfc3339.text(version.recordedAt()) + " by " + version.recordedBy().id();
        return version.correctedBy() == null
                ? by
                : by + ", corrected by " + Phrases.link(version.correctedBy());
    }

    private static @Nullable String source(Version version) {
        if (version.source() == null) {
            return version.locator();
        }
        return Stream.of(
                        version.source().get("title"),
                        version.locator(),
                        version.source().get("url"))
                .filter(Objects::nonNull)
                .map(Object::toString)
                .collect(Collectors.joining(", "));
    }

    private static String at(Known known) {
        return Rfc3339.text(known.recordedAt()) + " (@" + known.position() + ")";
    }

    private static void field(Page page, String name, @Nullable String text) {
        if (text != null) {
            page.labelled(INDENT, LABEL_WIDTH, Text.of(name, Style.QUIET), Text.of(text));
        }
    }
}
