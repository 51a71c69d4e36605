package org.agreementledger.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Refused;
import org.agreementledger.api.http.Items;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.api.problems.ProblemType;
import org.agreementledger.axon.Ledger;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.json.Malformed;
import org.agreementledger.node.LedgerNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description =
                "Records many entries from YAML documents, a JSON array, lines of JSON (NDJSON) or another ledger's audit bundle: all of them, or none. What comes from a bundle is recorded now, and says where it had been recorded before.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./ledger import agreement.yaml",
            "  ./ledger export --demo --format ndjson | ./ledger import --each -",
            "  ./ledger import audit.zip --key key.txt"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all recorded",
            "2:malformed, or refused by a rule: nothing was recorded; with --each: all but those named",
            "3:cannot run"
        })
final class ImportCommand extends RecordingTask {

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "The files, in this order; - for standard input.")
    List<String> files = new ArrayList<>();

    @Option(
            names = "--each",
            description =
                    "Each entry by itself: name those that are refused, and record the others.")
    boolean each;

    @Mixin final Trust trust = new Trust();

    private final List<Importable> found = new ArrayList<>();
    private final List<Submission> submissions = new ArrayList<>();

    ImportCommand(Terminal terminal) {
        super(terminal);
    }

    /**
     * What became of one entry: as over HTTP, with the file.
     *
     * @param status as if it had been a request of its own
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(
            String file,
            int line,
            int status,
            @Nullable String agreementId,
            @Nullable Integer sequence,
            @Nullable String location,
            @Nullable Problem problem) {}

    @Override
    void prepare() {
        if (trust.isGiven() && files.stream().noneMatch(BundledEntry::isBundle)) {
            throw Failure.usage("--key and --without-key are for bundles; there is none.");
        }
        for (String file : files) {
            if (BundledEntry.isBundle(file)) {
                trust.require();
                found.addAll(BundledEntry.read(terminal, file, trust));
            } else {
                found.addAll(EntryFiles.read(terminal, file));
            }
        }
        if (found.isEmpty()) {
            throw Failure.usage(String.join(", ", files) + " holds no entry.");
        }
        if (!each) {
            try (Progress progress = terminal.progress("Reading", "entries", found.size())) {
                for (Importable document : found) {
                    submissions.add(document.submission(place.actor()));
                    progress.to(submissions.size());
                }
            }
        }
    }

    @Override
    int run(LedgerNode node) {
        List<Result> results = each ? oneByOne(node) : together(node);
        if (place.json) {
            terminal.json(new Items<>(results));
        } else {
            print(results);
        }
        return results.stream().allMatch(result -> result.problem() == null)
                ? ExitCode.FINE
                : ExitCode.USAGE;
    }

    private List<Result> together(LedgerNode node) {
        List<Receipt> receipts;
        long before = node.readModels().position();
        try (Progress progress = terminal.progress("Recording", "entries", submissions.size())) {
            receipts = node.ledger().recordAll(submissions);
            ReadModelsFollow.await(node, receipts, position -> progress.to(position - before));
            progress.to(receipts.size());
        } catch (Ledger.RefusedAt e) {
            throw found.get(e.index()).refused(e.refused());
        }
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < receipts.size(); i++) {
            results.add(recorded(found.get(i), receipts.get(i)));
        }
        return results;
    }

    private List<Result> oneByOne(LedgerNode node) {
        List<Result> results = new ArrayList<>();
        List<Receipt> receipts = new ArrayList<>();
        try (Progress progress = terminal.progress("Recording", "entries", found.size())) {
            for (Importable document : found) {
                results.add(record(node, document, receipts));
                progress.to(results.size());
            }
        }
        ReadModelsFollow.await(node, receipts);
        return results;
    }

    private Result record(LedgerNode node, Importable document, List<Receipt> receipts) {
        try {
            Receipt receipt = node.ledger().record(document.submission(place.actor()));
            receipts.add(receipt);
            return recorded(document, receipt);
        } catch (Refused e) {
            return refused(document, document.refused(e), Problem.of(e));
        } catch (Failure e) {
            Problem malformed = Problem.of(ProblemType.MALFORMED, String.valueOf(e.getMessage()));
            return refused(
                    document,
                    e,
                    e.getCause() instanceof Malformed cause
                            ? Problem.of(ProblemType.MALFORMED, cause.getMessage())
                                    .at(cause.pointer())
                            : malformed);
        }
    }

    private static Result recorded(Importable document, Receipt receipt) {
        String agreementId = receipt.agreementId().value();
        return new Result(
                document.file(),
                document.line(),
                201,
                agreementId,
                receipt.sequence(),
                "/v1/agreements/" + agreementId + "/entries/" + receipt.sequence(),
                null);
    }

    private Result refused(Importable document, Failure failure, Problem problem) {
        terminal.say(String.valueOf(failure.getMessage()));
        int line = document.line();
        Problem onLine = problem.onLine(line);
        return new Result(document.file(), line, onLine.status(), null, null, null, onLine);
    }

    private void print(List<Result> results) {
        Map<AgreementId, Integer> counts = new TreeMap<>();
        results.stream()
                .filter(result -> result.agreementId() != null)
                .forEach(r -> counts.merge(new AgreementId(r.agreementId()), 1, Integer::sum));
        int recorded = counts.values().stream().mapToInt(Integer::intValue).sum();
        Page page = terminal.page();
        page.print(
                Text.of(
                                "Recorded " + Phrases.count(recorded, "entry", "entries"),
                                recorded == results.size() ? Style.GOOD : Style.PLAIN)
                        .plus(
                                recorded == results.size()
                                        ? ""
                                        : ", refused " + (results.size() - recorded),
                                Style.BAD)
                        .plus(
                                counts.isEmpty()
                                        ? "."
                                        : " about "
                                                + Phrases.count(
                                                        counts.size(), "agreement", "agreements")
                                                + "."));
    }
}
