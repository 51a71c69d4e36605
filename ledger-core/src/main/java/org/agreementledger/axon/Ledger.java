package org.agreementledger.axon;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.agreementledger.agreement.Agreement;
import org.agreementledger.agreement.AgreementEvent;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Findings;
import org.agreementledger.agreement.History;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.agreement.Refused;
import org.agreementledger.agreement.Rule;
import org.agreementledger.axon.AgreementAggregate.Recorded;
import org.agreementledger.axon.Submission.RequestKey;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.common.lock.LockAcquisitionFailedException;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;

/** The one way in: every write goes through here, and is stored whole or not at all. */
public final class Ledger {

    private static final int ATTEMPTS_MAX = 20;

    private final CommandBus commands;
    private final Backend backend;
    private final Agreements agreements;
    private final Requests requests;
    private final Durability durability;
    private final Clock clock;
    private final @Nullable String readOnly;
    private final WriteMeters meters;
    private final UnderWay underWay = new UnderWay();

    /** Its read lock is held by each write until it is stored. */
    private final ReentrantReadWriteLock writing = new ReentrantReadWriteLock();

    /**
     * @param readOnly why nothing can be recorded; null where it can
     */
    Ledger(
            CommandBus commands,
            Backend backend,
            Agreements agreements,
            Clock clock,
            @Nullable String readOnly,
            WriteMeters meters) {
        this.commands = commands;
        this.backend = backend;
        this.agreements = agreements;
        this.requests = backend.requests();
        this.durability = backend.durability();
        this.clock = clock;
        this.readOnly = readOnly;
        this.meters = meters;
    }

    /** One of many submissions was refused; nothing of them was stored. */
    public static final class RefusedAt extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int index;

        public RefusedAt(int index, Refused cause) {
            super(cause.getMessage(), cause);
            this.index = index;
        }

        /** Of the submission, from 0. */
        public int index() {
            return index;
        }

        public Refused refused() {
            return (Refused) getCause();
        }
    }

    /**
     * @throws Refused when a rule says no
     * @throws InProgress when the same request is under way on the node that decides on it
     * @throws ReadOnly when the ledger takes no entries
     * @throws Unconfirmed when whether this one is stored is not known
     * @throws NotDurable when the disk failed; whether this one is stored is not known then
     */
    public Receipt record(Submission submission) {
        try {
            return recordAll(List.of(submission)).getFirst();
        } catch (RefusedAt e) {
            throw e.refused();
        }
    }

    /**
     * All or nothing, in one transaction; later submissions build on earlier ones.
     *
     * @throws RefusedAt naming the first that a rule refuses
     * @throws InProgress when one of the requests is under way on the node that decides on it
     * @throws ReadOnly when the ledger takes no entries
     * @throws Unconfirmed when whether these are stored is not known
     * @throws NotDurable when the disk failed; whether these are stored is not known then
     */
    public List<Receipt> recordAll(List<Submission> submissions) {
        if (readOnly != null) {
            throw new ReadOnly(readOnly);
        }
        return backend.record(submissions, this::recordHere);
    }

    /** The same of what came to this node to be decided on. */
    List<Receipt> recordHere(List<Submission> submissions) {
        durability.require();
        try (UnderWay.Claim _ = underWay.enter(submissions)) {
            writing.readLock().lock();
            try {
                return store(submissions).stream().map(Written::receipt).toList();
            } finally {
                writing.readLock().unlock();
            }
        }
    }

    /**
     * Runs it at a moment at which this process writes nothing; who comes to write waits until it
     * is over.
     *
     * @param patience how long to wait for the writes that are under way; others wait as long
     * @return whether it ran
     */
    public boolean betweenWrites(Duration patience, Runnable work) throws InterruptedException {
        if (!writing.writeLock().tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        try {
            work.run();
            return true;
        } finally {
            writing.writeLock().unlock();
        }
    }

    /**
     * What recording it would find; stores nothing.
     *
     * @throws Refused when a rule says no
     */
    public Findings tryOut(RecordEntry command) {
        Agreement before = agreements.find(command.agreementId());
        AgreementEvent event =
                before.decide(command, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        return Findings.of(before.history(), before.evolve(event).history());
    }

    /** From the event store; {@link History#EMPTY} where there is no such agreement. */
    public History history(AgreementId agreementId) {
        return agreements.find(agreementId).history();
    }

    /**
     * @param agreement as it then is; null for an answer given before
     */
    private record Written(Receipt receipt, @Nullable Agreement agreement) {}

    /**
     * Another node may write to the same agreement at the same time; then all is decided anew. A
     * write is short, and its writer wants to know how it ended: an interrupt waits until then. So
     * does a refusal, whose reason may be an entry that the disk does not hold yet.
     */
    private List<Written> store(List<Submission> submissions) {
        boolean interrupted = false;
        try {
            List<Written> written = null;
            for (int attempt = 1; written == null; attempt++) {
                interrupted |= Thread.interrupted();
                try {
                    written = attempt(submissions);
                } catch (RuntimeException e) {
                    if (!isCollision(e) && !isAnsweredMeanwhile(e, submissions)) {
                        throw e;
                    }
                    meters.collided();
                    if (attempt == ATTEMPTS_MAX) {
                        throw new RefusedAt(0, moved(e));
                    }
                    pause(attempt);
                }
            }
            written.forEach(this::remember);
            interrupted |= Thread.interrupted();
            meters.flush().record(durability::await);
            count(submissions, written);
            return written;
        } catch (RefusedAt e) {
            meters.refused(e.refused().rule());
            interrupted |= Thread.interrupted();
            durability.await();
            throw e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Another node answered that very request while this one looked at what its entry had become:
     * the reason to refuse it is itself.
     */
    private boolean isAnsweredMeanwhile(RuntimeException e, List<Submission> submissions) {
        if (!(e instanceof RefusedAt refused) || refused.refused().rule() == Rule.KEY_REUSED) {
            return false;
        }
        Submission submission = submissions.get(refused.index());
        RequestKey request = submission.request();
        try {
            return request != null && requests.find(submission.by(), request.key()).isPresent();
        } catch (RuntimeException unread) {
            throw backend.reason(unread);
        }
    }

    private static Refused moved(RuntimeException collision) {
        Refused moved =
                new Refused(
                        Rule.SEQUENCE_MOVED,
                        "Others write to the same agreement all the time; it moved "
                                + ATTEMPTS_MAX
                                + " times while this was decided. Try again later.",
                        "");
        moved.initCause(collision);
        return moved;
    }

    private void count(List<Submission> submissions, List<Written> written) {
        for (int i = 0; i < written.size(); i++) {
            if (!written.get(i).receipt().repeated()) {
                meters.recorded(submissions.get(i).command().entry().kind());
            }
        }
    }

    private void remember(Written written) {
        if (written.agreement() != null) {
            agreements.remember(written.receipt().agreementId(), written.agreement());
        }
    }

    /** Of random length, so that those who collided do not meet again. */
    private static void pause(int attempt) {
        int milliseconds = ThreadLocalRandom.current().nextInt(1, 5 * attempt + 1);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(milliseconds));
    }

    private static boolean isCollision(RuntimeException e) {
        return e instanceof ConcurrencyException
                || e instanceof AggregateStreamCreationException
                || e instanceof LockAcquisitionFailedException
                || e instanceof DuplicateKeyException
                || e instanceof ConcurrencyFailureException;
    }

    private List<Written> attempt(List<Submission> submissions) {
        long began = System.nanoTime();
        long[] decided = new long[1];
        UnitOfWork<Message<?>> unit = DefaultUnitOfWork.startAndGet(null);
        unit.attachTransaction(backend.transactions());
        ResultMessage<List<Written>> result =
                unit.executeWithResult(
                        () -> {
                            List<Written> written = write(submissions);
                            decided[0] = System.nanoTime();
                            return written;
                        },
                        RollbackConfigurationType.ANY_THROWABLE);
        if (result.isExceptional()) {
            throw backend.reason(unchecked(result.exceptionResult()));
        }
        meters.decide().record(decided[0] - began, TimeUnit.NANOSECONDS);
        meters.store().record(System.nanoTime() - decided[0], TimeUnit.NANOSECONDS);
        return result.getPayload();
    }

    private List<Written> write(List<Submission> submissions) {
        List<Written> written = new ArrayList<>(submissions.size());
        for (int i = 0; i < submissions.size(); i++) {
            try {
                written.add(write(submissions.get(i)));
            } catch (Refused e) {
                throw new RefusedAt(i, e);
            }
        }
        return written;
    }

    private Written write(Submission submission) {
        RequestKey request = submission.request();
        if (request != null) {
            Optional<Requests.Answered> before = requests.find(submission.by(), request.key());
            if (before.isPresent()) {
                return new Written(repeat(request, before.get()), null);
            }
        }
        Recorded recorded = dispatch(submission);
        Receipt receipt =
                new Receipt(
                        recorded.eventId(),
                        submission.command().agreementId(),
                        recorded.agreement().history().size(),
                        false);
        if (request != null) {
            requests.remember(submission.by(), request, receipt);
        }
        return new Written(receipt, recorded.agreement());
    }

    private static Receipt repeat(RequestKey request, Requests.Answered before) {
        if (!before.digest().equals(request.digest())) {
            throw new Refused(
                    Rule.KEY_REUSED,
                    "The key '"
                            + request.key()
                            + "' was used for another request, which became entry "
                            + before.receipt().sequence()
                            + " of "
                            + before.receipt().agreementId()
                            + "; choose a new key.",
                    "");
        }
        Receipt first = before.receipt();
        return new Receipt(first.eventId(), first.agreementId(), first.sequence(), true);
    }

    private Recorded dispatch(Submission submission) {
        CommandResultMessage<?>[] result = new CommandResultMessage<?>[1];
        commands.dispatch(
                new GenericCommandMessage<>(
                        submission.command(),
                        RecordedBy.metadata(submission.by(), submission.importedFrom())),
                (_, answer) -> result[0] = answer);
        if (result[0].isExceptional()) {
            throw unchecked(result[0].exceptionResult());
        }
        return (Recorded) result[0].getPayload();
    }

    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException e
                ? e
                : new IllegalStateException(thrown.getMessage(), thrown);
    }
}
