package org.agreementledger.api.dashboard;

import java.time.LocalDate;
import java.util.List;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.api.agreements.UnknownAgreement;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.asof.AgreementSummary;
import org.agreementledger.asof.TermHistoryAnswer;
import org.agreementledger.asof.TermHistoryAnswer.Version;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.terms.TermKey;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** All that was ever told of one term, with quotes and sources. */
@Controller
class TermPage {

    private final LedgerNode node;

    TermPage(LedgerNode node) {
        this.node = node;
    }

    /** Day and moment say which version somebody came for; the history is there whole. */
    @GetMapping("/agreements/{id}/terms/{key}")
    String page(
            @PathVariable AgreementId id,
            @PathVariable TermKey key,
            @RequestParam(defaultValue = "today") LocalDate validOn,
            @RequestParam(required = false) @Nullable Moment knownAt,
            @RequestParam(defaultValue = "confirmed") View standing,
            Model model) {
        Point point = Point.of(node, id, validOn, knownAt, standing);
        AgreementSummary agreement =
                node.terms()
                        .summary(id, validOn, point.knownAt(), standing)
                        .orElseThrow(() -> UnknownAgreement.at(id, point.knownAt()));
        TermHistoryAnswer history =
                node.terms()
                        .history(id, key, standing)
                        .orElseThrow(() ->
                                Rejected.notFound(
                                        "Nothing is known of a term %s in %s (%s)."
                                                .formatted(key, id, standing.slug())));
        model.addAttribute("point", point);
        model.addAttribute("key", key.value());
        model.addAttribute("agreementTitle", agreement.title());
        model.addAttribute("versions", history.versions().reversed());
        model.addAttribute("current", current(history.versions(), point));
        return "term";
    }

    /** The version that prevails at that point; null where none does. */
    private static @Nullable Version current(List<Version> versions, Point point) {
        return versions.stream()
                .filter(version -> prevails(version, point.validOn()))
                .filter(version -> isKnown(version, point.knownAt().position()))
                .findFirst()
                .orElse(null);
    }

    private static boolean prevails(Version version, LocalDate day) {
        return version.heldFrom() != null
                && !day.isBefore(version.heldFrom())
                && (version.heldTo() == null || day.isBefore(version.heldTo()));
    }

    private static boolean isKnown(Version version, long position) {
        return version.knownFrom().position() <= position
                && (version.knownTo() == null || position < version.knownTo().position());
    }
}
