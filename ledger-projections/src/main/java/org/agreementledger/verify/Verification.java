package org.agreementledger.verify;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.log.Log;
import org.agreementledger.log.LogTree;
import org.agreementledger.log.StoredCheckpoint;
import org.agreementledger.log.TreeMismatch;
import org.agreementledger.proof.Hash;
import org.agreementledger.proof.VerifierKey;
import org.agreementledger.readmodels.ReadModel;
import org.agreementledger.readmodels.ReadModels;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads again all that is stored, and compares: events with the log, the log with its leaves, the
 * leaves with the tree, the tree with every checkpoint, and the read models with what the events
 * come to. It writes nothing, and holds neither memory nor a transaction for long: it goes through
 * slices, up to the position that was the newest when it began.
 */
public final class Verification {

    /**
     * What to verify.
     *
     * @param only null for the whole ledger
     * @param key that must have signed; null for the one that the ledger says is its own
     * @param against that the tree must begin with
     */
    public record Question(
            @Nullable AgreementId only, @Nullable VerifierKey key, List<Against> against) {

        public static final Question ALL = new Question(null, null, List.of());
    }

    /** Told how far it has come. */
    public interface Progress {

        Progress NONE = (_, _, _) -> {};

        void to(Stage stage, long done, long of);
    }

    /** Each goes through all the entries. */
    public enum Stage {
        LOG,
        READ_MODELS
    }

    private final JdbcClient jdbc;
    private final TransactionTemplate reading;
    private final Log log;
    private final LogTree tree;
    private final boolean isCopy;
    private final ReadModels readModels;
    private final SearchCheck search;
    private final Supplier<Scratch> scratch;
    private final Function<NamedParameterJdbcTemplate, List<ReadModel>> models;

    /**
     * @param isCopy of which the newest checkpoint that fits may count fewer entries
     * @param scratch makes an empty database
     * @param models those of this ledger, as they write elsewhere
     */
    public Verification(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Log log,
            LogTree tree,
            boolean isCopy,
            ReadModels readModels,
            SearchCheck search,
            Supplier<Scratch> scratch,
            Function<NamedParameterJdbcTemplate, List<ReadModel>> models) {
        this.jdbc = jdbc;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
        this.log = log;
        this.tree = tree;
        this.isCopy = isCopy;
        this.readModels = readModels;
        this.search = search;
        this.scratch = scratch;
        this.models = models;
    }

    /**
     * @param patience how long what was stored a moment ago may take to arrive everywhere
     * @param rest called now and then, for who would not be in the way of others
     * @throws InterruptedException while it waits for that
     */
    public Verified verify(Question question, Duration patience, Progress progress, Runnable rest)
            throws InterruptedException {
        return new Run(question, patience, progress, rest).all();
    }

    private final class Run {
        private final Question question;
        private final Duration patience;
        private final Progress progress;
        private final Runnable rest;
        private final Differences found = new Differences();

        Run(Question question, Duration patience, Progress progress, Runnable rest) {
            this.question = question;
            this.patience = patience;
            this.progress = progress;
            this.rest = rest;
        }

        Verified all() throws InterruptedException {
            AgreementId only = question.only();
            Optional<VerifierKey> key = key();
            // In this order: what is in the tree by now, is in the log by then.
            Optional<StoredCheckpoint> newest = tree.checkpoint();
            long leaves = tree.size();
            long through = log.newest();
            long entries = only == null ? through + 1 : log.count(only, through);
            LogCheck check =
                    new LogCheck(jdbc, log, tree, key, found, to(Stage.LOG, entries), rest);
            question.against().forEach(it -> check.tree().ask(it.checkpoint().size()));
            long signed = newest.map(StoredCheckpoint::size).orElse(0L);
            if (only == null) {
                check.all(through, signed, leaves, isCopy);
            } else {
                check.only(only, through, signed);
            }
            check.unlogged(only, patience);
            Roots roots =
                    only == null ? Roots.of(check.tree()) : Roots.of(signed, this::storedRoot);
            List<Against.Answer> against =
                    question.against().stream()
                            .map(it -> new AgainstCheck(key, roots, found).check(it))
                            .toList();
            ModelCheck compared = compareModels(through, entries);
            return new Verified(
                    found.count() == 0,
                    check.entries(),
                    roots.size(),
                    roots.root().map(Hash::hex).orElse(""),
                    tree.checkpoint().map(StoredCheckpoint::size).orElse(0L),
                    check.tree().checkpoints(),
                    compared.agreements(),
                    compared.rows(),
                    search.check(only, compared.through(), found),
                    against,
                    found.count(),
                    found.kept());
        }

        /** The key that must have signed. */
        private Optional<VerifierKey> key() {
            Optional<VerifierKey> own;
            try {
                own = tree.key();
            } catch (IllegalArgumentException e) {
                found.add(
                        Difference.of(
                                "log_key", "number 1", "verifier_key", "a key", e.getMessage()));
                own = Optional.empty();
            }
            if (question.key() == null) {
                return own;
            }
            found.compare(
                    "log_key",
                    "number 1",
                    "verifier_key",
                    question.key(),
                    own.<Object>map(it -> it).orElse("none"));
            return Optional.of(question.key());
        }

        private Optional<Hash> storedRoot(long size) {
            try {
                return size > tree.size() ? Optional.empty() : Optional.of(tree.root(size));
            } catch (TreeMismatch e) {
                found.add(
                        Difference.of(
                                "log_node",
                                "peaks of size " + size,
                                "hash",
                                "a root",
                                e.getMessage()));
                return Optional.empty();
            }
        }

        private ModelCheck compareModels(long through, long entries) {
            readModels.awaitPosition(through, patience);
            long position = readModels.position();
            if (position < through || position > log.newest()) {
                found.compare("read_model", "name all", "position", through, position);
            }
            long common = Math.min(position, through);
            try (Scratch database = scratch.get()) {
                ModelCheck check =
                        new ModelCheck(
                                jdbc,
                                reading,
                                database,
                                models.apply(database.jdbc()),
                                common,
                                new Later(jdbc, log, readModels, common),
                                found,
                                to(Stage.READ_MODELS, entries),
                                rest);
                if (question.only() == null) {
                    check.all();
                } else {
                    check.only(question.only());
                }
                return check;
            }
        }

        private LongConsumer to(Stage stage, long of) {
            progress.to(stage, 0, of);
            return done -> progress.to(stage, done, of);
        }
    }
}
