package org.agreementledger.api.dashboard;

import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
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
import org.agreementledger.api.entries.IdempotencyKey;
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

    /** How long a write waits to be seen by the page that it leads to. */
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(10);

    private static final int ATTEMPTS_MAX = 50;

    private final LedgerNode node;
    private final Actor writer;
    private final Clock clock;
    private final Recordings recordings;

    RecordPage(LedgerNode node, Actor writer, Clock clock) {
        this.node = node;
        this.writer = writer;
        this.clock = clock;
        this.recordings = new Recordings(node, clock);
    }

    @ModelAttribute
    void prepare(HttpServletResponse response) {
        node.copy()
                .ifPresent(copy -> {
                    throw new Rejected(
                            Problem.of(
                                    ProblemType.READ_ONLY,
                                    "This is "
                                            + copy.describe()
                                            + "; nothing can be recorded in it. Record in the ledger that it was copied from."));
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
            return page(Form.of(recordings.opening(kind)));
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
            return page(Form.of(recordings.entry(id, kind)));
        }
        model.addAttribute("agreementId", id);
        model.addAttribute("agreement", recordings.history(id).title());
        model.addAttribute("kind", kind);
        model.addAttribute("entries", kind == null ? null : recordings.revisable(id, kind));
        return "record-kind";
    }

    @GetMapping("/agreements/{id}/entries/{sequence}/correct")
    Object correct(
            @PathVariable AgreementId id,
            @PathVariable int sequence,
            @RequestParam(defaultValue = "correction") Kind kind) {
        return page(Form.of(recordings.revision(id, sequence, kind)));
    }

    // ---- what is sent

    @PostMapping(path = "/record", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Object open(
            @RequestParam Kind kind,
            @RequestParam MultiValueMap<String, String> parameters,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean htmx,
            HttpServletResponse response) {
        return sent(recordings.opening(kind), parameters, new Asker(htmx, response));
    }

    @PostMapping(
            path = "/agreements/{id}/record",
            consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Object record(
            @PathVariable AgreementId id,
            @RequestParam Kind kind,
            @RequestParam MultiValueMap<String, String> parameters,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean htmx,
            HttpServletResponse response) {
        return sent(recordings.entry(id, kind), parameters, new Asker(htmx, response));
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
            HttpServletResponse response) {
        return sent(recordings.revision(id, sequence, kind), parameters, new Asker(htmx, response));
    }

    /** A form, and what is to be done with it. */
    private Object sent(
            Recording recording, MultiValueMap<String, String> parameters, Asker asker) {
        Sent sent = Sent.of(recording, parameters);
        Form form = sent.form();
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
                    asker.htmx() ? new ModelAndView("record :: findings", model(form)) : page(form);
        };
    }

    private Object record(Form form, Asker asker) {
        Recording recording = form.recording();
        Map<String, Object> tree = form.filled().said().entry();
        try {
            Entry entry = EntryJson.submitted(tree, recording.agreementId());
            Receipt receipt =
                    store(
                            new Submission(
                                    new RecordEntry(entry, form.expected()),
                                    writer,
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

    private ModelAndView shown(Form form, Asker asker) {
        if (asker.htmx()) {
            asker.swapForm();
            return new ModelAndView("record :: form", model(form));
        }
        return page(form);
    }

    private ModelAndView page(Form form) {
        ModelAndView page = new ModelAndView("record", model(form));
        page.setStatus(
                form.notice().isRefusal() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK);
        return page;
    }

    private Map<String, Object> model(Form form) {
        Recording recording = form.recording();
        Preview preview =
                form.notice() == Notice.UNTOUCHED
                        ? Preview.NONE
                        : Preview.of(form.filled(), recording, node.ledger());
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("recording", recording);
        model.put("notice", form.notice());
        model.put("preview", preview);
        model.put(
                "form",
                form.filled()
                        .shown(
                                form.notice() == Notice.UNTOUCHED
                                        ? Map.of()
                                        : preview.problems(form.notice() == Notice.INSISTED),
                                form.focus()));
        model.put("key", form.key().value());
        putAgreement(model, form);
        return model;
    }

    private void putAgreement(Map<String, Object> model, Form form) {
        AgreementId id = form.recording().agreementId();
        if (id == null) {
            model.put("held", Map.of());
            model.put("others", List.of());
            model.put("organisations", Map.of());
            model.put("news", List.of());
            return;
        }
        History history = recordings.history(id);
        Map<String, HeldTerm> held =
                node
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
        model.put("held", held);
        model.put(
                "others",
                new TreeSet<>(history.fold(View.ALL).terms().keys())
                        .stream()
                                .map(TermKey::value)
                                .filter(key -> !held.containsKey(key))
                                .toList());
        model.put("organisations", Recordings.organisations(history));
        int expected = form.expected() == null ? history.size() : form.expected();
        model.put("expected", expected);
        model.put(
                "news", news(history, form.notice() == Notice.OVERTAKEN ? form.seen() : expected));
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
     * @param htmx whether a script of ours, which takes a part of the page
     */
    private record Asker(boolean htmx, HttpServletResponse response) {

        /** What comes takes the place of the whole form, not of the preview in it. */
        void swapForm() {
            response.setHeader("HX-Retarget", "#entry");
            response.setHeader("HX-Reswap", "outerHTML");
        }
    }

    /** What is said above a form. */
    enum Notice {
        /** Nothing was typed yet. */
        UNTOUCHED,
        NONE,
        /** It was to be recorded, and is refused. */
        INSISTED,
        /** It was to be recorded, but others recorded something meanwhile. */
        OVERTAKEN,
        /** It was recorded before, with other words. */
        ANEW;

        boolean isRefusal() {
            return this == INSISTED || this == OVERTAKEN || this == ANEW;
        }
    }

    /**
     * A form on its way.
     *
     * @param key what makes sending it again the same request
     * @param expected the newest sequence of the agreement as its reader saw it
     * @param seen what was expected before others recorded something
     */
    private record Form(
            Recording recording,
            FilledForm filled,
            IdempotencyKey key,
            @Nullable Integer expected,
            int seen,
            Notice notice,
            String focus) {

        static Form of(Recording recording) {
            return new Form(
                    recording,
                    FilledForm.filled(recording.form(), recording.known()),
                    newKey(),
                    null,
                    0,
                    recording.known().isEmpty() ? Notice.UNTOUCHED : Notice.NONE,
                    "");
        }

        private static IdempotencyKey newKey() {
            return new IdempotencyKey(UUID.randomUUID().toString());
        }

        Form with(FilledForm other) {
            return new Form(recording, other, key, expected, seen, notice, focus);
        }

        Form focused(String pointer) {
            return new Form(recording, filled, key, expected, seen, notice, pointer);
        }

        Form insisted() {
            return new Form(recording, filled, key, expected, seen, Notice.INSISTED, focus);
        }

        Form overtaken(@Nullable Integer now) {
            return new Form(
                    recording,
                    filled,
                    key,
                    now,
                    expected == null ? 0 : expected,
                    Notice.OVERTAKEN,
                    focus);
        }

        Form anew(@Nullable Integer now) {
            return new Form(recording, filled, newKey(), now, 0, Notice.ANEW, focus);
        }
    }

    /** What is to be done with a form, and where in it. */
    private record Sent(Form form, Button button, String place) {

        /** By name; none is called like a method of the form in a browser, which it would hide. */
        enum Button {
            MORE,
            LESS,
            RECORD,
            NONE
        }

        private static final Set<String> OTHERS =
                Set.of("kind", "key", "expected", "more", "less", "record", "preview");

        /** The list that the place is an item of. */
        String list() {
            return place.substring(0, place.lastIndexOf('/'));
        }

        static Sent of(Recording recording, MultiValueMap<String, String> parameters) {
            Map<String, String> answers = new LinkedHashMap<>();
            Map<String, String> others = new LinkedHashMap<>();
            parameters.forEach((name, values) -> {
                if (values.size() > 1) {
                    throw Rejected.malformed("The field '" + name + "' is given twice.");
                }
                (name.startsWith("/") ? answers : others).put(name, values.getFirst());
            });
            String key = others.getOrDefault("key", "");
            String expected = others.getOrDefault("expected", "");
            if (!OTHERS.containsAll(others.keySet())
                    || !key.matches("[\\x21-\\x7e]{1,255}")
                    || !expected.matches("\\d{0,9}")) {
                throw Rejected.malformed("This is not a form as it was given out.");
            }
            Form form =
                    new Form(
                            recording,
                            FilledForm.sent(recording.form(), answers),
                            new IdempotencyKey(key),
                            expected.isEmpty() ? null : Integer.valueOf(expected),
                            0,
                            Notice.NONE,
                            "");
            for (Button button : Button.values()) {
                String place = others.get(button.name().toLowerCase(Locale.ROOT));
                if (place != null) {
                    return new Sent(form, button, place);
                }
            }
            return new Sent(form, Button.NONE, "");
        }
    }
}
