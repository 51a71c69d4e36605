package org.agreementledger.api.dashboard;

import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.History;
import org.agreementledger.agreement.Kind;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.agreement.Refused;
import org.agreementledger.agreement.View;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.api.problems.ProblemType;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.asof.AgreementSummary;
import org.agreementledger.asof.TermsAnswer.HeldTerm;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.InProgress;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.json.EntryJson;
import org.agreementledger.json.Malformed;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.terms.TermKey;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Forms to record with: what is typed is judged as it will be when it is recorded. */
@Controller
class RecordPage {

    private static final int FOUND_MAX = 20;
    private static final int NEWS_MAX = 5;
    private static final int REVISABLE_MAX = 200;

    /** How long a write waits to be seen by the page that it leads to. */
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(10);

    private static final int ATTEMPTS_MAX = 50;

    private final LedgerNode node;
    private final Clock clock;
    private final Recordings recordings;

    RecordPage(LedgerNode node, Clock clock) {
        this.node = node;
        this.clock = clock;
        this.recordings = new Recordings(node, clock);
    }

    @ModelAttribute
    void prepare(HttpServletResponse response) {
        node.readOnly()
                .ifPresent(why -> {
                    throw new Rejected(Problem.of(ProblemType.READ_ONLY, why));
                });
        // Under no-referrer a browser says of a form that it comes from nowhere.
        response.setHeader("Referrer-Policy", "same-origin");
    }

    // ---- choosing

    @GetMapping("/record")
    Object choose(
            @RequestParam(required = false) @Nullable Kind kind,
            @RequestParam(defaultValue = "") String q,
            Model model) {
        if (kind != null) {
            return page(RecordForm.of(recordings.opening(kind)));
        }
        List<AgreementSummary> found =
                node.terms()
                        .list(
                                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                                now(),
                                View.CONFIRMED,
                                null,
                                q.isBlank() ? null : q.strip(),
                                null,
                                null,
                                FOUND_MAX + 1);
        model.addAttribute("q", q);
        model.addAttribute("found", found.stream().limit(FOUND_MAX).toList());
        model.addAttribute("more", found.size() > FOUND_MAX);
        return "record-agreement";
    }

    @GetMapping("/agreements/{id}/record")
    Object chooseKind(
            @PathVariable AgreementId id,
            @RequestParam(required = false) @Nullable Kind kind,
            Model model) {
        if (kind != null && !Recordings.isRevision(kind)) {
            return page(RecordForm.of(recordings.entry(id, kind)));
        }
        model.addAttribute("agreementId", id);
        model.addAttribute("agreement", recordings.history(id).title());
        model.addAttribute("kind", kind);
        model.addAttribute(
                "entries",
                kind == null
                        ? null
                        : recordings.revisable(id, kind).stream().limit(REVISABLE_MAX).toList());
        return "record-kind";
    }

    @GetMapping("/agreements/{id}/entries/{sequence}/correct")
    Object correct(
            @PathVariable AgreementId id,
            @PathVariable int sequence,
            @RequestParam(defaultValue = "correction") Kind kind) {
        return page(RecordForm.of(recordings.revision(id, sequence, kind)));
    }

    // ---- what is sent

    @PostMapping(path = "/record", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Object open(
            @RequestParam Kind kind,
            @RequestParam MultiValueMap<String, String> parameters,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean htmx,
            Actor writer,
            HttpServletResponse response) {
        return sent(recordings.opening(kind), parameters, new Asker(writer, htmx, response));
    }

    @PostMapping(
            path = "/agreements/{id}/record",
            consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Object record(
            @PathVariable AgreementId id,
            @RequestParam Kind kind,
            @RequestParam MultiValueMap<String, String> parameters,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean htmx,
            Actor writer,
            HttpServletResponse response) {
        return sent(recordings.entry(id, kind), parameters, new Asker(writer, htmx, response));
    }

    @PostMapping(
            path = "/agreements/{id}/entries/{sequence}/correct",
            consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Object revise(
            @PathVariable AgreementId id,
            @PathVariable int sequence,
            @RequestParam Kind kind,
            @RequestParam MultiValueMap<String, String> parameters,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean htmx,
            Actor writer,
            HttpServletResponse response) {
        return sent(
                recordings.revision(id, sequence, kind),
                parameters,
                new Asker(writer, htmx, response));
    }

    /** A form, and what is to be done with it. */
    private Object sent(
            Recording recording, MultiValueMap<String, String> parameters, Asker asker) {
        RecordForm.Sent sent = RecordForm.Sent.of(recording, parameters);
        RecordForm form = sent.form();
        return switch (sent.button()) {
            case MORE -> {
                FilledForm more = form.filled().withItem(sent.place());
                yield shown(form.with(more).focused(more.first(more.newest(sent.place()))), asker);
            }
            case LESS ->
                    shown(
                            form.with(form.filled().withoutItem(sent.place())).focused(sent.list()),
                            asker);
            case RECORD -> record(form, asker);
            case NONE ->
                    asker.htmx()
                            ? new ModelAndView("record :: findings", findings(form))
                            : page(form);
        };
    }

    private Object record(RecordForm form, Asker asker) {
        Recording recording = form.recording();
        Map<String, Object> tree = form.filled().said().entry();
        try {
            Entry entry = EntryJson.submitted(tree, recording.agreementId());
            Receipt receipt =
                    store(
                            new Submission(
                                    new RecordEntry(entry, form.expected()),
                                    asker.writer(),
                                    form.key().over(recording.address(), tree)));
            return stored(receipt, asker);
        } catch (Malformed e) {
            return shown(form.insisted(), asker);
        } catch (Refused e) {
            return shown(
                    switch (e.rule()) {
                        case SEQUENCE_MOVED -> form.overtaken(size(recording));
                        case KEY_REUSED -> form.anew(size(recording));
                        default -> form.insisted();
                    },
                    asker);
        }
    }

    /** A form that is sent twice at once is stored once, and answered twice. */
    private Receipt store(Submission submission) {
        for (int attempt = 1; ; attempt++) {
            try {
                return node.ledger().record(submission);
            } catch (InProgress e) {
                if (attempt == ATTEMPTS_MAX) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    private Object stored(Receipt receipt, Asker asker) {
        String address = "/agreements/" + receipt.agreementId() + "/entries/" + receipt.sequence();
        if (!node.readModels().await(List.of(receipt), SEEN_WITHIN)) {
            asker.swapForm();
            return new ModelAndView(
                    "record-behind" + (asker.htmx() ? " :: article" : ""),
                    Map.of("address", address),
                    HttpStatus.ACCEPTED);
        }
        URI entry = URI.create(address + "#recorded");
        return asker.htmx()
                ? ResponseEntity.noContent().header("HX-Redirect", entry.toString()).build()
                : ResponseEntity.status(HttpStatus.SEE_OTHER).location(entry).build();
    }

    // ---- the page

    private ModelAndView shown(RecordForm form, Asker asker) {
        if (asker.htmx()) {
            asker.swapForm();
            return new ModelAndView("record :: form", model(form));
        }
        return page(form);
    }

    private ModelAndView page(RecordForm form) {
        ModelAndView page = new ModelAndView("record", model(form));
        page.setStatus(
                form.notice().isRefusal() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK);
        return page;
    }

    /** The whole form. */
    private Map<String, Object> model(RecordForm form) {
        Map<String, Object> model = findings(form);
        Preview preview = (Preview) model.get("preview");
        model.put(
                "form",
                form.filled()
                        .shown(
                                preview.problems(form.notice() == RecordForm.Notice.INSISTED),
                                form.focus()));
        model.put("key", form.key().value());
        AgreementId id = form.recording().agreementId();
        if (id == null) {
            model.put("held", Map.of());
            model.put("others", List.of());
            model.put("organisations", Map.of());
            return model;
        }
        History history = recordings.history(id);
        Map<String, HeldTerm> held = held(id);
        model.put("held", held);
        model.put(
                "others",
                history.fold(View.ALL).terms().keys().stream()
                        .map(TermKey::value)
                        .filter(key -> !held.containsKey(key))
                        .sorted()
                        .toList());
        model.put("organisations", Recordings.organisations(history));
        model.put("expected", form.expected() == null ? history.size() : form.expected());
        return model;
    }

    /** What stands beside it. */
    private Map<String, Object> findings(RecordForm form) {
        Recording recording = form.recording();
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("recording", recording);
        model.put("notice", form.notice());
        model.put(
                "preview",
                form.notice() == RecordForm.Notice.UNTOUCHED
                        ? Preview.NONE
                        : Preview.of(form.filled(), recording, node.ledger()));
        model.put(
                "news",
                recording.agreementId() == null || form.seen() == null
                        ? List.of()
                        : news(recordings.history(recording.agreementId()), form.seen()));
        return model;
    }

    private Map<String, HeldTerm> held(AgreementId id) {
        return node
                .terms()
                .asOf(
                        id,
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                        now(),
                        View.CONFIRMED)
                .stream()
                .flatMap(answer -> answer.terms().stream())
                .collect(
                        Collectors.toMap(
                                HeldTerm::key,
                                Function.identity(),
                                (one, _) -> one,
                                LinkedHashMap::new));
    }

    /** What was recorded since the form was opened. */
    private static List<Recording.Revised> news(History history, int seen) {
        return IntStream.rangeClosed(seen + 1, history.size())
                .skip(Math.max(0, history.size() - seen - NEWS_MAX))
                .mapToObj(sequence -> {
                    Entry entry = history.entry(sequence);
                    return new Recording.Revised(
                            sequence,
                            entry.kind(),
                            entry.header().occurredOn().toString(),
                            entry.header().title());
                })
                .toList();
    }

    private @Nullable Integer size(Recording recording) {
        return recording.agreementId() == null
                ? null
                : recordings.history(recording.agreementId()).size();
    }

    private Moment now() {
        return node.readModels().resolve(new KnownAt.Now());
    }

    /**
     * Who sent a form.
     *
     * @param writer as whom it is recorded
     * @param htmx whether a script of ours, which takes a part of the page
     */
    private record Asker(Actor writer, boolean htmx, HttpServletResponse response) {

        /** What comes takes the place of the whole form, not of the preview in it. */
        void swapForm() {
            response.setHeader("HX-Retarget", "#entry");
            response.setHeader("HX-Reswap", "outerHTML");
        }
    }
}
