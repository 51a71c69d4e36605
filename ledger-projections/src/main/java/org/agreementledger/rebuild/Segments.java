package org.agreementledger.rebuild;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.log.Log;
import org.agreementledger.log.Logged;
import org.agreementledger.log.Slice;
import org.agreementledger.log.Slices;
import org.agreementledger.readmodels.AgreementFold;
import org.agreementledger.readmodels.ReadModel;
import org.agreementledger.readmodels.ReadModel.Step;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Builds the read models from the entries up to a position, in several threads. Each takes some
 * agreements at a time: no row is about two of them, and its id says by itself which entry brought
 * it, so that it does not matter who writes what first.
 */
final class Segments {

    private static final int BATCH = 500;

    private final Log log;
    private final TransactionTemplate reading;
    private final Slices slices;
    private final Beside beside;
    private final Function<NamedParameterJdbcTemplate, List<ReadModel>> models;
    private final long through;
    private final LongConsumer built;
    private final AtomicBoolean givenUp = new AtomicBoolean();

    /**
     * @param built told how many entries more are in the tables; throws to give the work up
     */
    Segments(
            Log log,
            TransactionTemplate reading,
            Slices slices,
            Beside beside,
            Function<NamedParameterJdbcTemplate, List<ReadModel>> models,
            long through,
            LongConsumer built) {
        this.log = log;
        this.reading = reading;
        this.slices = slices;
        this.beside = beside;
        this.models = models;
        this.through = through;
        this.built = built;
    }

    /** Comes back when no thread writes any more. */
    void build(int count) throws InterruptedException {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(
                        count, Thread.ofPlatform().daemon().name("rebuild-", 1).factory())) {
            ExecutorCompletionService<Void> segments = new ExecutorCompletionService<>(threads);
            for (int i = 0; i < count; i++) {
                segments.submit(new Segment()::build, null);
            }
            try {
                for (int i = 0; i < count; i++) {
                    segments.take().get();
                }
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException cause
                        ? cause
                        : new IllegalStateException(e.getCause());
            } finally {
                givenUp.set(true);
            }
        }
    }

    private final class Segment {
        private final List<ReadModel> writers = models.apply(beside.jdbc());
        private final TransactionTemplate writing = new TransactionTemplate(beside.transactions());
        private final List<Logged> unwritten = new ArrayList<>(BATCH);
        private @Nullable AgreementId agreementId;
        private AgreementFold fold = AgreementFold.EMPTY;

        void build() {
            for (Optional<Slice> slice = slices.next();
                    slice.isPresent() && !givenUp.get();
                    slice = slices.next()) {
                build(slice.get());
            }
        }

        private void build(Slice slice) {
            reading.executeWithoutResult(_ -> log.read(slice, through, this::add));
            write();
        }

        private void add(Logged logged) {
            unwritten.add(logged);
            if (unwritten.size() == BATCH) {
                write();
            }
        }

        private void write() {
            writing.executeWithoutResult(_ -> {
                for (Logged logged : unwritten) {
                    Step step = step(logged);
                    writers.forEach(model -> model.apply(step));
                }
                writers.forEach(ReadModel::flush);
            });
            built.accept(unwritten.size());
            unwritten.clear();
        }

        private Step step(Logged logged) {
            AgreementId of = logged.log().agreementId();
            if (!of.equals(agreementId)) {
                agreementId = of;
                fold = AgreementFold.EMPTY;
            }
            AgreementFold before = fold;
            before.requireNext(of, logged.log().sequence());
            fold = before.with(logged.event().entry(), logged.log().position());
            return new Step(logged.log(), logged.event(), before, fold);
        }
    }
}
