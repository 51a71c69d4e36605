package org.agreementledger.node;

import java.util.concurrent.Semaphore;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.AgreementTerms;
import org.agreementledger.log.KnownAt;
import org.agreementledger.readmodels.ReadModels;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the terms of the default view, beside everything else: at first, and whenever told to. */
final class ReadAhead implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReadAhead.class);

    private final Thread thread;
    private final Semaphore wanted = new Semaphore(1);
    private volatile boolean closed;

    ReadAhead(AgreementTerms terms, ReadModels readModels) {
        this.thread = new Thread(() -> follow(terms, readModels), "read-ahead");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void again() {
        wanted.release();
    }

    private void follow(AgreementTerms terms, ReadModels readModels) {
        while (!closed) {
            wanted.acquireUninterruptibly();
            wanted.drainPermits();
            if (!closed) {
                read(terms, readModels);
            }
        }
    }

    private void read(AgreementTerms terms, ReadModels readModels) {
        try {
            terms.readAhead(View.CONFIRMED, readModels.resolve(new KnownAt.Now()), () -> !closed);
        } catch (RuntimeException e) {
            LOG.warn("The terms cannot be read ahead; they are read when they are asked for.", e);
        }
    }

    /** Comes back when it no longer reads. */
    @Override
    public void close() {
        closed = true;
        wanted.release();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
