package org.agreementledger.replay;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.AgreementTerms;
import org.agreementledger.asof.FoldedTerms;
import org.agreementledger.asof.TermsAnswer;
import org.agreementledger.entries.Entries;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.log.Log;
import org.agreementledger.log.LogEntry;
import org.agreementledger.log.Logged;
import org.agreementledger.log.Moment;
import org.agreementledger.log.PlacedEvent;
import org.agreementledger.readmodels.AgreementFold;
import org.agreementledger.terms.TermKey;
import org.agreementledger.terms.Terms;
import org.agreementledger.time.Timeline.Segment;
import org.jspecify.annotations.Nullable;

/** Folds from the first event of the event store, not from the read models. */
public final class Replay {

    /**
     * How many comparisons of terms a check of a long ledger makes, spread over all its entries.
     */
    private static final int QUESTIONS = 2_000;

    private static final int DAYS_MAX = 8;
    private static final int LAST_DAYS_MAX = 200;
    private static final int BATCH = 500;
    private static final long SEED = 20_190_722;

    /** One place where the fold and the read models say different things. */
    public record Difference(String where, String folded, String read) {}

    /**
     * @param entries compared, each with its effect, fingerprints and verdicts
     * @param questions about the terms as of a day, a position and a view, asked of both
     */
    public record Check(long entries, long questions, List<Difference> differences) {}

    private final Log log;
    private final AgreementTerms terms;
    private final Entries entries;

    public Replay(Log log, AgreementTerms terms, Entries entries) {
        this.log = log;
        this.terms = terms;
        this.entries = entries;
    }

    /**
     * The terms of each agreement, by id, folded from the first event. Agreements are folded side
     * by side, and each is forgotten once its terms are known, so that a long ledger fits into
     * little memory.
     *
     * @param agreementId null for all
     * @param done told the number of entries folded so far
     */
    public List<TermsAnswer> terms(
            @Nullable AgreementId agreementId,
            LocalDate validOn,
            Moment knownAt,
            View view,
            LongConsumer done) {
        Count folded = new Count(done);
        List<AgreementId> asked = agreementId == null ? log.agreements() : List.of(agreementId);
        return asked.parallelStream()
                .map(id -> new FoldedTerms(folded(id, knownAt.position(), folded)))
                .map(fold -> fold.asOf(validOn, knownAt, view))
                .flatMap(Optional::stream)
                .toList();
    }

    private AgreementFold folded(AgreementId agreementId, long through, Count folded) {
        AgreementFold fold = AgreementFold.EMPTY;
        List<PlacedEvent> batch;
        do {
            batch =
                    log.events(agreementId, fold.history().size(), BATCH).stream()
                            .filter(placed -> placed.position() <= through)
                            .toList();
            for (PlacedEvent placed : batch) {
                fold = fold.with(placed.event().entry(), placed.position());
            }
            folded.add(batch.size());
        } while (!batch.isEmpty());
        return fold;
    }

    /** Told by several threads, tells in one order. */
    private static final class Count {
        private final LongConsumer told;
        private long all;

        Count(LongConsumer told) {
            this.told = told;
        }

        synchronized void add(long more) {
            all += more;
            told.accept(all);
        }
    }

    /** Of one agreement only its own events are read, wherever they lie in the ledger. */
    private void fold(
            @Nullable AgreementId agreementId,
            long through,
            Map<AgreementId, AgreementFold> folds,
            LongConsumer done,
            Consumer<Logged> each) {
        Optional<LogEntry> last = Optional.empty();
        long folded = 0;
        for (List<Logged> batch = after(last, agreementId, through);
                !batch.isEmpty();
                batch = after(last, agreementId, through)) {
            for (Logged logged : batch) {
                AgreementId id = logged.log().agreementId();
                folds.put(
                        id,
                        folds.getOrDefault(id, AgreementFold.EMPTY)
                                .with(logged.event().entry(), logged.log().position()));
                each.accept(logged);
            }
            folded += batch.size();
            last = Optional.of(batch.getLast().log());
            done.accept(folded);
        }
    }

    private List<Logged> after(
            Optional<LogEntry> last, @Nullable AgreementId agreementId, long through) {
        List<Logged> batch =
                agreementId == null
                        ? log.read(last.map(LogEntry::position).orElse(-1L), BATCH)
                        : log.read(agreementId, last.map(LogEntry::sequence).orElse(0), BATCH);
        return batch.stream().filter(logged -> logged.log().position() <= through).toList();
    }

    /**
     * How many entries a replay folds.
     *
     * @param agreementId null for all
     */
    public long size(@Nullable AgreementId agreementId, Moment knownAt) {
        return agreementId == null
                ? knownAt.position() + 1
                : log.count(agreementId, knownAt.position());
    }

    /**
     * Compares the read models with the fold: every entry with its effect, fingerprints and
     * verdicts, and the terms as they were known after it, on days on which anything starts or
     * ends, in both views. Of a short ledger every such day is asked; of a long one a seeded
     * choice.
     *
     * @param agreementId null for all
     * @param through the last position to compare, which the read models hold
     * @param done told the number of entries compared so far
     */
    public Check check(@Nullable AgreementId agreementId, Moment through, LongConsumer done) {
        Checker checker = new Checker(through, size(agreementId, through));
        fold(agreementId, through.position(), checker.folds, done, checker::entry);
        checker.last();
        return new Check(checker.compared, checker.questions, checker.differences);
    }

    private final class Checker {
        private final Map<AgreementId, AgreementFold> folds = new TreeMap<>();
        private final List<Difference> differences = new ArrayList<>();
        private final Random random = new Random(SEED);
        private final AgreementTerms terms = Replay.this.terms.readAnew();
        private final Moment through;
        private final double share;
        private long compared;
        private long questions;

        Checker(Moment through, long entries) {
            this.through = through;
            this.share = QUESTIONS / (2.0 * DAYS_MAX * Math.max(1, entries));
        }

        void entry(Logged logged) {
            AgreementFold fold = folds.get(logged.log().agreementId());
            compared++;
            compare(
                    "entry " + logged.log().position(),
                    Optional.of(answer(logged, fold)),
                    entries.at(logged.log().position()).map(Checker::asRecorded));
            if (random.nextDouble() < share) {
                ask(fold, new Moment(logged.log().position(), logged.log().recordedAt()), DAYS_MAX);
            }
        }

        /** As known in the end, on many more days. */
        void last() {
            folds.values().forEach(fold -> ask(fold, through, LAST_DAYS_MAX));
        }

        private void ask(AgreementFold fold, Moment knownAt, int daysMax) {
            AgreementId id = fold.history().entry(1).header().agreementId();
            FoldedTerms folded = new FoldedTerms(fold);
            for (View view : View.values()) {
                for (LocalDate day : chosen(days(fold, view), daysMax)) {
                    questions++;
                    compare(
                            "%s on %s as known at @%d, %s"
                                    .formatted(id, day, knownAt.position(), view.slug()),
                            folded.asOf(day, knownAt, view),
                            terms.asOf(id, day, knownAt, view));
                }
            }
        }

        private List<LocalDate> chosen(SortedSet<LocalDate> days, int atMost) {
            List<LocalDate> all = new ArrayList<>(days);
            while (all.size() > atMost) {
                all.remove(random.nextInt(all.size()));
            }
            return all;
        }

        private void compare(String where, Optional<?> folded, Optional<?> read) {
            if (!folded.equals(read)) {
                differences.add(new Difference(where, shown(folded), shown(read)));
            }
        }

        private static String shown(Optional<?> answer) {
            return answer.map(Objects::toString).orElse("nothing");
        }

        private static EntryAnswer answer(Logged logged, AgreementFold fold) {
            return Entries.recorded(logged.log(), logged.event().entry(), fold.findings());
        }

        /** Links to later entries are not of the moment of recording. */
        private static EntryAnswer asRecorded(EntryAnswer read) {
            return read.withLinks(null, null, null);
        }
    }

    private static SortedSet<LocalDate> days(AgreementFold fold, View view) {
        Terms terms = fold.history().fold(view).terms();
        SortedSet<LocalDate> days = new TreeSet<>(fold.history().fold(view).parties().breaks());
        for (TermKey key : terms.keys()) {
            for (Segment<?> segment : terms.timeline(key).segments()) {
                days.add(segment.from());
                days.add(segment.to().minusDays(1));
            }
        }
        fold.history()
                .known(view)
                .forEach(known -> days.add(known.entry().header().occurredOn().date()));
        return days;
    }
}
