package org.agreementledger.api.dashboard;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Entry.Confirmation;
import org.agreementledger.agreement.Entry.Correction;
import org.agreementledger.agreement.Entry.Revision;
import org.agreementledger.agreement.Entry.Withdrawal;
import org.agreementledger.agreement.View;
import org.agreementledger.api.agreements.UnknownAgreement;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.asof.AgreementSummary;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.entries.EntryAnswer.EffectAnswer;
import org.agreementledger.entries.EntryAnswer.VerdictAnswer;
import org.agreementledger.json.EntryJson;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.readmodels.Json;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** One entry: what it said, what that did, what was found of its claims, and what proves it. */
@Controller
class EntryPage {

    private final LedgerNode node;
    private final Clock clock;

    EntryPage(LedgerNode node, Clock clock) {
        this.node = node;
        this.clock = clock;
    }

    /**
     * Another entry of the agreement that this one has to do with.
     *
     * @param how in words, as in {@code Corrected by}
     */
    record Related(String how, EntryAnswer entry) {}

    @GetMapping("/agreements/{id}/entries/{sequence}")
    String page(@PathVariable AgreementId id, @PathVariable int sequence, Model model) {
        Moment now = node.readModels().resolve(new KnownAt.Now());
        AgreementSummary agreement =
                node.terms()
                        .summary(
                                id,
                                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                                now,
                                View.CONFIRMED)
                        .orElseThrow(() -> UnknownAgreement.at(id, now));
        EntryAnswer entry =
                node.entries()
                        .entry(id, sequence)
                        .orElseThrow(() ->
                                Rejected.notFound(
                                        "There is no entry %d in %s; the newest is %d."
                                                .formatted(sequence, id, agreement.sequence())));
        Map<String, Integer> links = links(id, entry);
        Map<Integer, EntryAnswer> others = others(id, sequence, links.values());
        model.addAttribute("agreement", agreement);
        model.addAttribute("entry", entry);
        model.addAttribute("verdicts", verdicts(entry));
        model.addAttribute("claimed", claimed(entry.entry()));
        model.addAttribute("touched", touched(entry.effect()));
        model.addAttribute("position", now.position());
        model.addAttribute(
                "related",
                links.entrySet().stream()
                        .filter(link -> others.containsKey(link.getValue()))
                        .map(link -> new Related(link.getKey(), others.get(link.getValue())))
                        .toList());
        model.addAttribute("previous", others.get(sequence - 1));
        model.addAttribute("next", others.get(sequence + 1));
        return "entry";
    }

    /** What does not hold comes first. */
    private static List<VerdictAnswer> verdicts(EntryAnswer entry) {
        return entry.verdicts().stream()
                .sorted(Comparator.comparing(verdict -> verdict.verdict().equals("upheld")))
                .toList();
    }

    /** The values that it claims terms to have, by key: verdicts hold the words only. */
    private static Map<Object, Object> claimed(Map<String, Object> said) {
        Object claims = said.getOrDefault("replacement", said);
        return Json.children(claims, "terms").stream()
                .filter(term -> term.get("action").equals("reaffirm") && term.containsKey("value"))
                .collect(
                        Collectors.toMap(
                                term -> term.get("key"),
                                term -> term.get("value"),
                                (first, _) -> first));
    }

    private static Map<String, List<String>> touched(EffectAnswer effect) {
        Map<String, List<String>> touched = new LinkedHashMap<>();
        touched.put("introduced", effect.introduced());
        touched.put("changed", effect.changed());
        touched.put("retired", effect.retired());
        touched.put("disclosed", effect.disclosed());
        touched.put("corrected", effect.corrected());
        touched.values().removeIf(List::isEmpty);
        return touched;
    }

    /** The sequences of the entries that it revises, and of those that revised it. */
    private Map<String, Integer> links(AgreementId id, EntryAnswer entry) {
        Map<String, Integer> links = new LinkedHashMap<>();
        if (EntryJson.stored(entry.entry()) instanceof Revision revision) {
            node.ledger()
                    .history(id)
                    .find(revision.target())
                    .ifPresent(target ->
                            links.put(
                                    switch (revision) {
                                        case Correction _ -> "Corrects";
                                        case Withdrawal _ -> "Withdraws";
                                        case Confirmation _ -> "Confirms";
                                    },
                                    target));
        }
        links.put("Corrected by", entry.correctedBy());
        links.put("Withdrawn by", entry.withdrawnBy());
        links.put("Confirmed by", entry.confirmedBy());
        links.values().removeIf(Objects::isNull);
        return links;
    }

    private Map<Integer, EntryAnswer> others(
            AgreementId id, int sequence, Collection<Integer> linked) {
        Map<Integer, EntryAnswer> others = new HashMap<>();
        node.entries()
                .entries(
                        id,
                        Stream.concat(linked.stream(), Stream.of(sequence - 1, sequence + 1))
                                .toList())
                .forEach(other -> others.put(other.sequence(), other));
        return others;
    }
}
