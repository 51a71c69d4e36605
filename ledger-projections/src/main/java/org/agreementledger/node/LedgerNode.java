package org.agreementledger.node;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agreementledger.asof.AgreementTerms;
import org.agreementledger.asof.AgreementTurns;
import org.agreementledger.asof.TermTable;
import org.agreementledger.audit.AuditBundles;
import org.agreementledger.axon.AxonServer;
import org.agreementledger.axon.Backend;
import org.agreementledger.axon.Durability;
import org.agreementledger.axon.Ledger;
import org.agreementledger.axon.LedgerEngine;
import org.agreementledger.axon.NotDurable;
import org.agreementledger.axon.Pace;
import org.agreementledger.axon.WriteMeters;
import org.agreementledger.constancy.ConstancyQuery;
import org.agreementledger.copy.Copy;
import org.agreementledger.copy.CopyTable;
import org.agreementledger.difference.DifferenceQuery;
import org.agreementledger.entries.Entries;
import org.agreementledger.entries.EntryTable;
import org.agreementledger.entries.IndexedEntries;
import org.agreementledger.feed.Feed;
import org.agreementledger.log.Distrust;
import org.agreementledger.log.Growth;
import org.agreementledger.log.Log;
import org.agreementledger.log.LogTree;
import org.agreementledger.log.Moment;
import org.agreementledger.log.Sequencer;
import org.agreementledger.log.Stragglers;
import org.agreementledger.log.TreeTable;
import org.agreementledger.log.TreeWriter;
import org.agreementledger.proof.SigningKey;
import org.agreementledger.proof.VerifierKey;
import org.agreementledger.readmodels.AgreementFolds;
import org.agreementledger.readmodels.ReadModel;
import org.agreementledger.readmodels.ReadModels;
import org.agreementledger.rebuild.Rebuilds;
import org.agreementledger.replay.Replay;
import org.agreementledger.search.EntryIndex;
import org.agreementledger.series.Series;
import org.agreementledger.tokens.Tokens;
import org.agreementledger.upcoming.Upcoming;
import org.agreementledger.verify.SearchCheck;
import org.agreementledger.verify.Verification;
import org.agreementledger.verify.Watch;
import org.agreementledger.webhooks.Deliveries;
import org.agreementledger.webhooks.Webhooks;
import org.agreementledger.witness.Cosignatures;
import org.agreementledger.witness.Witness;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** A ledger, opened: writes, sequencer, read models and queries on one database. */
public class LedgerNode implements AutoCloseable {

    /**
     * Where the ledger lives: an embedded database in a folder, or PostgreSQL.
     *
     * @param url {@code jdbc:postgresql:…} or {@code postgresql://user:password@host/name}; null
     *     for the embedded one
     * @param axonServer which keeps the events; null where the database does
     */
    public record Location(Path data, @Nullable String url, @Nullable AxonServer axonServer) {

        public Location(Path data, @Nullable String url) {
            this(data, url, null);
        }

        /** Without the URL, which may hold a password. */
        @Override
        public String toString() {
            return url == null ? data.toString() : "a PostgreSQL database";
        }
    }

    /**
     * Opens the ledger, brings its schema up to date, and starts sequencing.
     *
     * @throws DatabaseInUse when another process holds the embedded database
     */
    public static LedgerNode open(Location location, Clock clock) {
        return open(location, clock, Signing.BESIDE_DATA);
    }

    /**
     * The same with a key from elsewhere.
     *
     * @throws IllegalArgumentException when there is no such key, or the log has another origin
     * @throws IllegalStateException when the log is signed with a key that is not there
     */
    public static LedgerNode open(Location location, Clock clock, Signing signing) {
        return open(location, clock, signing, true);
    }

    /**
     * The same on a disk that is not waited for.
     *
     * @param fsync whether the embedded database has a write on the disk before it is acknowledged;
     *     without, it survives a killed process, but not a power cut
     * @throws IllegalArgumentException where that is not ours to say
     */
    public static LedgerNode open(Location location, Clock clock, Signing signing, boolean fsync) {
        DatabaseSettings settings = DatabaseSettings.of(location);
        if (settings.folder() != null) {
            new DataFolder(settings.folder()).requireRoom();
        }
        return open(
                fsync ? settings : settings.withoutFsync(),
                location,
                clock,
                signing,
                LedgerNode::start);
    }

    /**
     * The same for who only reads: it starts nothing, unless an earlier process ended before
     * everything it had stored could be read; then it catches up first.
     *
     * @throws DatabaseInUse when another process holds the embedded database
     */
    public static LedgerNode openToRead(Location location, Clock clock) {
        return open(location, clock, LedgerNode::catchUp);
    }

    /**
     * The same for who looks at what is stored as it is: nothing gets its place in the log, and
     * nothing is signed. Only the read models follow, if they are behind.
     *
     * @throws DatabaseInUse when another process holds the embedded database
     */
    public static LedgerNode openToVerify(Location location, Clock clock) {
        return open(location, clock, LedgerNode::letReadModelsFollow);
    }

    private static LedgerNode open(Location location, Clock clock, Consumer<LedgerNode> then) {
        return open(DatabaseSettings.of(location), location, clock, Signing.BESIDE_DATA, then);
    }

    private static LedgerNode open(
            DatabaseSettings settings,
            Location location,
            Clock clock,
            Signing signing,
            Consumer<LedgerNode> then) {
        LedgerNode node = assembled(Database.open(settings), location, clock, signing);
        try {
            node.copy.ifPresent(LedgerNode::requireFinished);
            then.accept(node);
            return node;
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    private static LedgerNode assembled(
            Database database, Location location, Clock clock, Signing signing) {
        try {
            return new LedgerNode(database, location, clock, signing);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static void requireFinished(Copy copy) {
        if (!copy.finished()) {
            throw new IllegalStateException(
                    "it was to become "
                            + copy.describe()
                            + ", and was cut short; remove the folder and write the copy again");
        }
    }

    private void catchUp() {
        if (!database.isReplica() && isBehind()) {
            start(keys::atHand);
            if (!hasCaughtUp()) {
                throw new IllegalStateException(
                        "not everything that is stored can be read yet, and answers would be out of date; ledger rebuild builds the read models again",
                        failure().orElse(null));
            }
        }
    }

    private void letReadModelsFollow() {
        if (!database.isReplica() && readModels.position() < log.newest()) {
            readModels.start();
        }
    }

    /** What is damaged does not mend while somebody waits. */
    private boolean hasCaughtUp() {
        long deadline = System.nanoTime() + CATCH_UP_MAX.toNanos();
        try {
            while (isBehind()) {
                if (System.nanoTime() > deadline
                        || Thread.currentThread().isInterrupted()
                        || failure().flatMap(Damage::of).isPresent()) {
                    return false;
                }
                if (log.holdsNewestEvent()) {
                    readModels.awaitPosition(log.newest(), CATCH_UP_POLL);
                } else {
                    log.awaitBeyond(log.newest(), CATCH_UP_POLL);
                }
            }
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Optional<Throwable> failure() {
        return engine.sequencerFailure().or(readModels::failure);
    }

    private boolean isBehind() {
        return !log.holdsNewestEvent() || readModels.position() < log.newest();
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(LedgerNode.class);

    /** After that a reader is told, rather than answered from read models that are behind. */
    private static final Duration CATCH_UP_MAX = Duration.ofMinutes(1);

    private static final Duration CATCH_UP_POLL = Duration.ofMillis(100);

    /** Also how long closing may wait for the search index. */
    private static final Duration INDEX_POLL = Duration.ofMillis(200);

    private final Database database;
    private final CompositeMeterRegistry meters = new CompositeMeterRegistry();
    private final Clock clock;
    private final Optional<Copy> copy;
    private final Log log;
    private final LogTree tree;
    private final TreeWriter treeWriter;
    private final LogKeys keys;
    private final EventHome home;
    private final Backend backend;
    private final LedgerEngine engine;
    private final @Nullable GroupFlush flush;
    private final @Nullable Reached reached;
    private final Stragglers stragglers;
    private final ReadModels readModels;
    private final EntryIndex index;
    private final Entries entries;
    private final Feed feed;
    private final AgreementTerms terms;
    private final AgreementTurns turns;
    private final ConstancyQuery constancy;
    private final DifferenceQuery difference;
    private final Upcoming upcoming;
    private final Series series;
    private final Replay replay;
    private final AuditBundles bundles;
    private final Verification verification;
    private final Cosignatures cosignatures;
    private final Durability durability;
    private final Path data;
    private volatile @Nullable Watch watch;
    private final Rebuilds rebuilds;
    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final Tokens tokens;
    private final @Nullable Backups backups;
    private boolean started;
    private volatile @Nullable ReadAhead readAhead;

    LedgerNode(Database database, Location location, Clock clock, Signing signing) {
        this.database = database;
        database.measure(meters);
        this.clock = clock;
        this.copy = new CopyTable(database.jdbc()).find();
        boolean embedded = database.settings().isEmbedded();
        String leaseName = embedded ? "the only one" : name();
        this.data = location.data();
        this.home = new EventHome(database, location.axonServer());
        Path folder = database.settings().folder();
        long newest = Log.newest(database.jdbc());
        this.reached = folder == null ? null : Reached.open(folder, newest);
        this.flush = folder == null ? null : new GroupFlush(database);
        this.durability = flush == null ? Durability.OF_COMMIT : flush;
        // What an earlier process left may not be on the disk yet; from here on it is shown.
        durability.await();
        Growth growth = embedded ? Growth.beyond(newest, this::note) : Growth.unlimited();
        NamedParameterJdbcTemplate batches = database.batches();
        this.log =
                new Log(
                        database.jdbc(),
                        clock,
                        growth,
                        copy.map(it -> it.moment().knownAt()).orElse(null));
        TreeTable treeTable = new TreeTable(batches);
        Distrust distrust = new Distrust();
        this.tree = new LogTree(treeTable, growth, distrust);
        this.treeWriter = new TreeWriter(treeTable, log, distrust);
        this.keys = new LogKeys(treeTable, signing, database.settings().keyFile(data));
        Sequencer sequencer =
                new Sequencer(
                        batches,
                        database.transactions(),
                        treeWriter,
                        clock,
                        durability,
                        growth,
                        home.copies(),
                        meters);
        this.stragglers = new Stragglers(sequencer);
        Pace pace = new Pace();
        this.backend = home.backend(durability, name());
        this.engine =
                new LedgerEngine(
                        database.dataSource(),
                        database.transactions(),
                        clock,
                        backend,
                        sequencer,
                        pace,
                        embedded ? null : name(),
                        readOnly().orElse(null),
                        new WriteMeters(meters));
        this.readModels =
                new ReadModels(
                        database.jdbc(),
                        new TransactionTemplate(database.transactions()),
                        log,
                        pace,
                        models(batches),
                        database.isReplica(),
                        meters);
        this.index =
                new EntryIndex(
                        database.settings().searchFolders(data),
                        new IndexedEntries(database.jdbc()));
        this.entries = new Entries(database.jdbc(), index);
        this.feed = new Feed(log, tree, entries, readModels);
        this.terms = new AgreementTerms(database.jdbc());
        AgreementFolds folds = new AgreementFolds(database.jdbc());
        this.constancy = new ConstancyQuery(folds, entries);
        this.upcoming = new Upcoming(database.jdbc(), terms);
        this.series = new Series(index);
        this.turns = terms.turns();
        this.difference = new DifferenceQuery(terms);
        this.replay = new Replay(log, terms, entries);
        this.cosignatures = new Cosignatures(database.jdbc());
        this.bundles = new AuditBundles(log, tree, cosignatures);
        this.verification =
                new Verification(
                        database.jdbc(),
                        database.transactions(),
                        log,
                        tree,
                        copy.isPresent(),
                        readModels,
                        new SearchCheck(database.jdbc(), index),
                        ScratchDatabase::new,
                        LedgerNode::models);
        this.rebuilds =
                new Rebuilds(
                        database.jdbc(),
                        database.transactions(),
                        log,
                        readModels,
                        index,
                        database.models(),
                        LedgerNode::models,
                        leaseName,
                        database.isReplica());
        readModels.whenReplaced(() -> {
            terms.forget();
            folds.clear();
            readTermsAheadAgain();
        });
        this.webhooks = new Webhooks(database.jdbc(), durability);
        this.tokens =
                new Tokens(
                        database.jdbc(),
                        durability,
                        tree::key,
                        database.isReplica() ? readOnly().orElseThrow() : null);
        this.backups =
                folder == null
                        ? null
                        : new Backups(
                                database,
                                durability,
                                engine.ledger(),
                                log,
                                tree,
                                clock,
                                copy.isPresent());
        this.deliveries =
                new Deliveries(
                        database.jdbc(),
                        new TransactionTemplate(database.transactions()),
                        durability,
                        leaseName);
    }

    private void note(long position) {
        if (reached != null) {
            reached.note(position);
        }
    }

    private static List<ReadModel> models(NamedParameterJdbcTemplate jdbc) {
        return List.of(new EntryTable(jdbc), new TermTable(jdbc));
    }

    /** Why nothing can be recorded here; empty where it can. */
    public final Optional<String> readOnly() {
        return database.isReplica()
                ? Optional.of(
                        "This node reads from a replica of the ledger's database; record at a node of its primary.")
                : copy.map(it -> "This is " + it.describe() + "; nothing can be recorded in it.")
                        .or(home::readOnly);
    }

    /** Whether this node answers from a replica of the ledger's database, a little behind it. */
    public boolean isReplica() {
        return database.isReplica();
    }

    /** Whether that replica has become the primary meanwhile, which this node takes no note of. */
    public boolean isPromoted() {
        return database.isReplica() && !database.isRecovering();
    }

    /**
     * From now on what is stored gets its place in the log and is seen by the queries. In a copy
     * everything has its place; only its read models may have to be built anew by a newer version.
     * A replica gets its read models from its primary, too.
     */
    public void start() {
        home.requireNamed(!database.isReplica() && copy.isEmpty());
        start(() -> Optional.of(keys.toWrite()));
    }

    private synchronized void start(Supplier<Optional<SigningKey>> key) {
        if (!started) {
            if (readOnly().isEmpty()) {
                home.require(backend);
                key.get().ifPresent(treeWriter::signWith);
                buildTree();
                engine.start();
                stragglers.start();
            }
            started = true;
            rebuilds.status().cutShort().ifPresent(LOGGER::warn);
            if (!database.isReplica()) {
                readModels.start();
            }
        }
    }

    /** For a ledger from before there was a tree, or where it was held up; else only a look. */
    private void buildTree() {
        TransactionTemplate transaction = new TransactionTemplate(database.transactions());
        while (Boolean.TRUE.equals(transaction.execute(_ -> treeWriter.grow()))) {
            LOGGER.info("The tree over the log has {} leaves so far.", tree.size());
        }
    }

    /**
     * From now on the search index follows by itself. For who answers many: a command that searches
     * once brings it up to date when it asks.
     */
    public void keepSearchReady() {
        index.keepUp(position -> readModels.awaitPosition(position + 1, INDEX_POLL));
    }

    /**
     * From now on terms are read ahead, so that the first question about an agreement does not wait
     * for all its rows. For who answers many.
     */
    public synchronized void keepTermsReady() {
        if (readAhead == null) {
            ReadAhead reading = new ReadAhead(terms, readModels);
            reading.start();
            readAhead = reading;
        }
    }

    private void readTermsAheadAgain() {
        ReadAhead reading = readAhead;
        if (reading != null) {
            reading.again();
        }
    }

    /**
     * From now on the whole ledger is verified now and then, out of the way of its users.
     *
     * @param every from one to the next
     */
    public synchronized void watch(Duration every) {
        if (watch == null) {
            Watch watching = new Watch(verification, tree, clock, every);
            watching.start();
            watch = watching;
        }
    }

    /** Empty where nothing was verified in the background yet. */
    public Optional<Watch.Last> lastVerification() {
        return Optional.ofNullable(watch).flatMap(Watch::last);
    }

    /** What this ledger is a copy of; empty where it takes entries. */
    public Optional<Copy> copy() {
        return copy;
    }

    /**
     * Begins a complete read-only ledger as it stood then.
     *
     * @param folder that is not there yet, or is empty
     * @throws IllegalArgumentException for any other folder, and when nothing was recorded by then
     */
    public NewCopy copyTo(Path folder, Moment moment) {
        return NewCopy.begin(this, folder, moment, clock);
    }

    private static String name() {
        return ManagementFactory.getRuntimeMXBean().getName() + "/" + UUID.randomUUID();
    }

    /** Another process, most likely a server, has the embedded database open. */
    public static class DatabaseInUse extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /**
         * @param server its address; null where it left none
         */
        public DatabaseInUse(Path data, @Nullable String server) {
            super(
                    "The ledger in "
                            + data
                            + " is open in another process"
                            + (server == null ? "." : ", the server at " + server + "."));
        }
    }

    public Database database() {
        return database;
    }

    /** From now on what happens here is counted and timed there. */
    public void measureIn(MeterRegistry registry) {
        meters.add(registry);
    }

    /** The folder that holds what is not in the database, or all of it. */
    public Path data() {
        return data;
    }

    public LedgerEngine engine() {
        return engine;
    }

    Stragglers stragglers() {
        return stragglers;
    }

    public Ledger ledger() {
        return engine.ledger();
    }

    public Log log() {
        return log;
    }

    public LogTree tree() {
        return tree;
    }

    public ReadModels readModels() {
        return readModels;
    }

    public EntryIndex index() {
        return index;
    }

    public Entries entries() {
        return entries;
    }

    public Feed feed() {
        return feed;
    }

    public AgreementTerms terms() {
        return terms;
    }

    public ConstancyQuery constancy() {
        return constancy;
    }

    public AgreementTurns turns() {
        return turns;
    }

    public DifferenceQuery difference() {
        return difference;
    }

    public Upcoming upcoming() {
        return upcoming;
    }

    public Series series() {
        return series;
    }

    public Replay replay() {
        return replay;
    }

    public AuditBundles bundles() {
        return bundles;
    }

    public Verification verification() {
        return verification;
    }

    /** What witnesses signed under the checkpoints of this log. */
    public Cosignatures cosignatures() {
        return cosignatures;
    }

    /**
     * This ledger as a witness of logs of others.
     *
     * @param logs whose name is the origin of their checkpoints
     * @param keyFile null for one beside the data, which is made when it is not there
     * @param name of the key, for ever; null for this log's own with {@code /witness} behind it
     * @throws IllegalArgumentException when that file holds no key, or there is no name
     */
    public Witness witness(
            Collection<VerifierKey> logs, @Nullable Path keyFile, @Nullable String name) {
        KeyFile file =
                new KeyFile(keyFile == null ? database.settings().witnessKeyFile(data) : keyFile);
        String pem =
                file.read()
                        .orElseGet(() -> {
                            if (keyFile != null) {
                                throw new IllegalArgumentException(
                                        "There is no key file " + keyFile);
                            }
                            return file.make();
                        });
        return new Witness(
                database.jdbc(),
                database.transactions(),
                durability,
                clock,
                file.key(name == null ? nameOfWitness() : name, pem),
                logs);
    }

    private String nameOfWitness() {
        return tree.key()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "A witness needs a name, and this ledger has signed nothing; give one with --witness-name"))
                        .name()
                + "/witness";
    }

    /** Why nothing is recorded any more; empty while the disk takes what is written. */
    public Optional<NotDurable> diskFailure() {
        return Optional.ofNullable(flush).flatMap(GroupFlush::failure);
    }

    /** How the read models are built again while they are read. */
    public Rebuilds rebuilds() {
        return rebuilds;
    }

    public Webhooks webhooks() {
        return webhooks;
    }

    public Deliveries deliveries() {
        return deliveries;
    }

    public Tokens tokens() {
        return tokens;
    }

    /** Empty for a database that is backed up by its own means. */
    public Optional<Backups> backups() {
        return Optional.ofNullable(backups);
    }

    @Override
    public synchronized void close() {
        try {
            if (backups != null) {
                backups.close();
            }
            Watch watching = watch;
            if (watching != null) {
                watching.close();
            }
            rebuilds.close();
            ReadAhead reading = readAhead;
            if (reading != null) {
                reading.close();
            }
            index.close();
            stragglers.close();
            engine.close();
            readModels.close();
            if (flush != null) {
                flush.close();
            }
            if (reached != null) {
                reached.close();
            }
        } finally {
            database.close();
        }
    }
}
