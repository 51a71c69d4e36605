package org.agreementledger.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.LongConsumer;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.bundle.BundleWriter;
import org.agreementledger.bundle.Scope;
import org.agreementledger.log.Leaf;
import org.agreementledger.log.Log;
import org.agreementledger.log.LogEntry;
import org.agreementledger.log.LogTree;
import org.agreementledger.log.Logged;
import org.agreementledger.log.StoredCheckpoint;
import org.agreementledger.proof.Hash;
import org.agreementledger.proof.VerifierKey;
import org.agreementledger.witness.Cosignatures;
import org.jspecify.annotations.Nullable;

/** Writes bundles of what was signed; what came later is not in them. */
public final class AuditBundles {

    private static final int READ_AT_ONCE = 500;

    private final Log log;
    private final LogTree tree;
    private final Cosignatures cosignatures;

    public AuditBundles(Log log, LogTree tree, Cosignatures cosignatures) {
        this.log = log;
        this.tree = tree;
        this.cosignatures = cosignatures;
    }

    /**
     * @param parent of a folder for as long as it is made, with room for all of it
     * @param done told the number of entries written so far
     * @throws IllegalArgumentException when nothing was signed yet, what is asked for does not go
     *     together, or there is no such entry
     * @throws org.agreementledger.log.TreeMismatch when leaves or nodes do not fit what was signed
     */
    public void write(Selection selection, Path parent, OutputStream out, LongConsumer done)
            throws IOException {
        StoredCheckpoint checkpoint =
                tree.checkpoint()
                        .filter(newest -> newest.size() > 0)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "There is no signed entry to put into a bundle"));
        VerifierKey key = tree.key().orElseThrow();
        Scope scope = selection.scope(recordedOn(checkpoint.size() - 1));
        try (BundleWriter writer =
                new BundleWriter(scope, cosignatures.under(checkpoint), key, parent)) {
            Writing writing = new Writing(scope, checkpoint.size(), writer, done);
            if (scope.allLeaves()) {
                writing.withAllLeaves();
            } else {
                writing.withProofs();
            }
            writer.write(out);
        }
    }

    private LocalDate recordedOn(long position) {
        return LocalDate.ofInstant(log.at(position).orElseThrow().recordedAt(), ZoneOffset.UTC);
    }

    private final class Writing {
        private final Scope scope;
        private final long size;
        private final BundleWriter writer;
        private final LongConsumer done;
        private long entries;

        Writing(Scope scope, long size, BundleWriter writer, LongConsumer done) {
            this.scope = scope;
            this.size = size;
            this.writer = writer;
            this.done = done;
        }

        void withAllLeaves() throws IOException {
            Entries held = new Entries(scope.agreementId(), size);
            Logged next = held.hasNext() ? held.next() : null;
            for (Leaf leaf : tree.leaves(0, size)) {
                if (next != null && next.log().position() == leaf.position()) {
                    entry(next, leaf, List.of());
                    next = held.hasNext() ? held.next() : null;
                } else {
                    writer.leaf(leaf.text());
                }
            }
        }

        void withProofs() throws IOException {
            Entries held = new Entries(scope.agreementId(), size);
            while (held.hasNext()) {
                Logged next = held.next();
                if (scope.holds(next.event().entry())) {
                    long position = next.log().position();
                    entry(next, tree.leaf(position), tree.inclusion(position, size).hashes());
                }
            }
        }

        private void entry(Logged logged, Leaf leaf, List<Hash> proof) throws IOException {
            LogEntry entry = logged.log();
            writer.entry(
                    logged.event().entry(), entry.salt(), leaf.text(), entry.position(), proof);
            entries++;
            done.accept(entries);
        }
    }

    /** Those below a position, page by page. */
    private final class Entries implements Iterator<Logged> {
        private final @Nullable AgreementId agreementId;
        private final long size;
        private Iterator<Logged> page = List.<Logged>of().iterator();
        private @Nullable LogEntry last;
        private @Nullable Logged next;

        Entries(@Nullable AgreementId agreementId, long size) {
            this.agreementId = agreementId;
            this.size = size;
        }

        @Override
        public boolean hasNext() {
            if (next == null) {
                if (!page.hasNext()) {
                    page = page().iterator();
                }
                if (page.hasNext()) {
                    Logged read = page.next();
                    last = read.log();
                    next = read.log().position() < size ? read : null;
                }
            }
            return next != null;
        }

        private List<Logged> page() {
            return agreementId == null
                    ? log.read(last == null ? -1 : last.position(), READ_AT_ONCE)
                    : log.read(agreementId, last == null ? 0 : last.sequence(), READ_AT_ONCE);
        }

        @Override
        public Logged next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Logged read = next;
            next = null;
            return read;
        }
    }
}
