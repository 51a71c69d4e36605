package org.agreementledger.api.dashboard;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.Entry.Amendment;
import org.agreementledger.agreement.Entry.Announcement;
import org.agreementledger.agreement.Entry.FundingRound;
import org.agreementledger.agreement.Entry.Opening;
import org.agreementledger.agreement.Entry.Partnership;
import org.agreementledger.agreement.Header;
import org.agreementledger.agreement.History;
import org.agreementledger.agreement.Kind;
import org.agreementledger.agreement.Known;
import org.agreementledger.agreement.Party;
import org.agreementledger.agreement.Rule;
import org.agreementledger.agreement.Standing;
import org.agreementledger.api.agreements.UnknownAgreement;
import org.agreementledger.api.dashboard.Recording.Revised;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.api.problems.ProblemType;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.json.EntryJson;
import org.agreementledger.log.KnownAt;
import org.agreementledger.node.LedgerNode;

/** What can be recorded where, and what is known of it from the start. */
final class Recordings {

    private static final int TITLE_LENGTH_MAX = 300;

    private final LedgerNode node;
    private final Clock clock;

    Recordings(LedgerNode node, Clock clock) {
        this.node = node;
        this.clock = clock;
    }

    static boolean isRevision(Kind kind) {
        return switch (kind) {
            case CORRECTION, WITHDRAWAL, CONFIRMATION -> true;
            case OPENING, ANNOUNCEMENT, FUNDING_ROUND, PARTNERSHIP, AMENDMENT, CLOSING -> false;
        };
    }

    Recording opening(Kind kind) {
        if (kind != Kind.OPENING) {
            throw Rejected.parameter(
                    "kind",
                    "Only an opening is recorded here; for all else choose the agreement first.");
        }
        return new Recording(
                "/record", kind, null, "", null, List.of(), EntryFields.of(kind), Map.of());
    }

    Recording entry(AgreementId id, Kind kind) {
        if (kind == Kind.OPENING || isRevision(kind)) {
            throw Rejected.parameter(
                    "kind",
                    kind == Kind.OPENING
                            ? "This agreement is open already."
                            : "Choose the entry that it is about first.");
        }
        return new Recording(
                "/agreements/" + id + "/record",
                kind,
                id,
                history(id).title(),
                null,
                List.of(),
                EntryFields.of(kind),
                Map.of());
    }

    Recording revision(AgreementId id, int sequence, Kind kind) {
        History history = history(id);
        Known known = revisable(history, id, sequence);
        List<Kind> choices = revisions(known);
        if (!choices.contains(kind)) {
            throw Rejected.parameter("kind", refusal(known, kind));
        }
        return new Recording(
                "/agreements/" + id + "/entries/" + sequence + "/correct",
                kind,
                id,
                history.title(),
                revised(known),
                choices,
                switch (kind) {
                    case CORRECTION -> EntryFields.correction(known.entry().kind(), sequence);
                    case WITHDRAWAL -> EntryFields.withdrawal(sequence);
                    default -> EntryFields.confirmation(sequence);
                },
                usual(kind, known));
    }

    /** What is usually said of a revision: it can be said otherwise. */
    private Map<String, Object> usual(Kind kind, Known known) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("title", shortened(participle(kind) + ": " + known.entry().header().title()));
        said.put("occurredOn", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        switch (kind) {
            case CORRECTION -> said.put("replacement", EntryJson.write(known.entry()));
            case CONFIRMATION -> said.put("sources", List.of(Map.of()));
            default -> {}
        }
        return said;
    }

    private static String participle(Kind kind) {
        return switch (kind) {
            case CORRECTION -> "Corrected";
            case WITHDRAWAL -> "Withdrawn";
            default -> "Confirmed";
        };
    }

    private static String shortened(String title) {
        int length = Math.min(TITLE_LENGTH_MAX, title.codePointCount(0, title.length()));
        return title.substring(0, title.offsetByCodePoints(0, length));
    }

    private static Known revisable(History history, AgreementId id, int sequence) {
        if (sequence < 1 || sequence > history.size()) {
            throw Rejected.notFound("There is no entry " + sequence + " in " + id + ".");
        }
        Known known =
                history.known(sequence)
                        .orElseThrow(() ->
                                refused(
                                        Rule.ENTRY_NOT_CORRECTABLE,
                                        "Entry %d is itself a %s; correct, withdraw or confirm the entry that it is about."
                                                .formatted(
                                                        sequence,
                                                        history.entry(sequence).kind().slug())));
        if (known.isWithdrawn()) {
            throw refused(
                    Rule.ENTRY_WITHDRAWN,
                    "Entry %d was withdrawn by entry %d: there is nothing left to correct."
                            .formatted(sequence, known.withdrawnBy()));
        }
        return known;
    }

    private static Rejected refused(Rule rule, String detail) {
        return new Rejected(Problem.of(ProblemType.of(rule), detail));
    }

    private static List<Kind> revisions(Known known) {
        List<Kind> kinds = new ArrayList<>(List.of(Kind.CORRECTION));
        if (!(known.entry() instanceof Opening)) {
            kinds.add(Kind.WITHDRAWAL);
        }
        if (known.standing() == Standing.REPORTED) {
            kinds.add(Kind.CONFIRMATION);
        }
        return kinds;
    }

    private static String refusal(Known known, Kind kind) {
        return switch (kind) {
            case WITHDRAWAL ->
                    "The entry that opens an agreement cannot be withdrawn; correct it instead.";
            case CONFIRMATION ->
                    "Entry " + known.sequence() + " is confirmed; there is nothing to confirm.";
            default -> "An entry can be corrected, withdrawn or confirmed here.";
        };
    }

    /** The entries that can be revised so, the newest first. */
    List<Revised> revisable(AgreementId id, Kind kind) {
        History history = history(id);
        return IntStream.iterate(history.size(), sequence -> sequence > 0, sequence -> sequence - 1)
                .mapToObj(history::known)
                .flatMap(Optional::stream)
                .filter(known -> !known.isWithdrawn() && revisions(known).contains(kind))
                .map(Recordings::revised)
                .toList();
    }

    private static Revised revised(Known known) {
        Header header = known.entry().header();
        return new Revised(
                known.sequence(),
                known.entry().kind(),
                header.occurredOn().toString(),
                header.title());
    }

    History history(AgreementId id) {
        History history = node.ledger().history(id);
        if (history.size() == 0) {
            throw UnknownAgreement.at(id, node.readModels().resolve(new KnownAt.Now()));
        }
        return history;
    }

    /** Who was ever named in the agreement, by id: the same organisation goes by the same. */
    static SequencedMap<String, String> organisations(History history) {
        TreeMap<String, String> names = new TreeMap<>();
        for (Entry entry : history.entries()) {
            switch (entry) {
                case Opening e -> note(names, e.parties());
                case Announcement e -> note(names, e.speakers());
                case Partnership e -> note(names, e.partners());
                case FundingRound e -> {
                    note(names, List.of(e.recipient()));
                    e.investors().forEach(investor -> names.put(investor.id(), investor.name()));
                }
                case Amendment e ->
                        e.partyChanges().stream()
                                .filter(change -> change.to() != null)
                                .forEach(change -> note(names, List.of(change.to())));
                default -> {}
            }
        }
        return names;
    }

    private static void note(Map<String, String> names, List<Party> organisations) {
        organisations.forEach(organisation -> names.put(organisation.id(), organisation.name()));
    }
}
