package org.agreementledger.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.LongConsumer;
import org.agreementledger.bundle.Bundle;
import org.agreementledger.bundle.BundleCheck;
import org.agreementledger.log.TreeTable;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.proof.SigningKey;
import org.agreementledger.proof.VerifierKey;
import org.agreementledger.restore.RestoredRows;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * Brings a ledger back from a bundle of all of it. Its events and its log come in one transaction,
 * so that a restore that is cut short leaves an empty ledger, into which it can be repeated.
 *
 * <p>With the key that signed the bundle it is the same log again, which goes on under its name.
 * Without it, it is a log of another name that begins with the same leaves.
 */
public final class Restore {

    private final Bundle bundle;
    private final Location location;
    private final Clock clock;
    private final Signing signing;

    /** Never true of what another process wrote there in the meantime. */
    private boolean began;

    /**
     * @param signing with the key that signed the bundle, to go on with it; else with another name
     * @throws IllegalArgumentException when the bundle does not hold a whole ledger, or key and
     *     name do not go together
     */
    public Restore(Bundle bundle, Location location, Clock clock, Signing signing) {
        if (!bundle.scope().isWhole()) {
            throw new IllegalArgumentException(
                    "The bundle holds %s; only one of a whole ledger can be restored"
                            .formatted(bundle.scope().describe()));
        }
        this.bundle = bundle;
        this.location = location;
        this.clock = clock;
        this.signing = signing;
        keptKey();
    }

    /** The bundle's, where it was given; null where the restored log is to have one of its own. */
    private @Nullable VerifierKey keptKey() {
        String name = bundle.key().name();
        boolean sameName = signing.origin() == null || signing.origin().equals(name);
        Path file = signing.keyFile();
        if (file == null) {
            if (name.equals(signing.origin())) {
                throw new IllegalArgumentException(
                        "The name %s belongs to the key that signed the bundle; give that key, or take another name"
                                .formatted(name));
            }
            return null;
        }
        if (given(file, name).equals(bundle.key())) {
            return bundle.key();
        }
        if (sameName) {
            throw new IllegalArgumentException(
                    "The key in %s is not the one that signed the bundle; with another one the log takes another name"
                            .formatted(file));
        }
        return null;
    }

    private static VerifierKey given(Path file, String name) {
        try {
            return SigningKey.ofPem(name, Files.readString(file)).verifier();
        } catch (IOException e) {
            throw new IllegalArgumentException("The key file " + file + " cannot be read", e);
        }
    }

    /**
     * Brings events and log back, once the bundle was checked; it is checked again on the way.
     *
     * @param restored told the number of entries brought back so far
     * @throws IllegalArgumentException when the ledger there is not empty, or has a key of its own
     *     though it was to go on with the bundle's; it is left as it is
     * @throws org.agreementledger.bundle.Mismatch when the bundle does not fit after all
     */
    public void run(LongConsumer restored) throws IOException {
        boolean isNew = isNew();
        boolean finished = false;
        try {
            fill(restored);
            finished = true;
        } finally {
            if (isNew && began && !finished) {
                FileSystemUtils.deleteRecursively(location.data());
            }
        }
    }

    /**
     * The restored ledger; its tree is built and signed, its read models follow.
     *
     * @throws IllegalStateException when its log does not come to the root of the bundle
     */
    public LedgerNode open() {
        LedgerNode node = LedgerNode.open(location, clock, signing);
        try {
            requireSameRoot(node);
            return node;
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    /** Whether there is nothing in the folder that could be lost with it. */
    private boolean isNew() {
        if (location.url() != null) {
            return false;
        }
        if (!Files.exists(location.data())) {
            return true;
        }
        try (var files = Files.list(location.data())) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The folder " + location.data() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void fill(LongConsumer restored) throws IOException {
        try (Database database = Database.open(DatabaseSettings.of(location))) {
            RestoredRows rows = new RestoredRows(database.dataSource());
            if (!rows.isFree()) {
                throw new IllegalArgumentException(
                        "The ledger there is not empty; it was left as it is. A bundle is restored into an empty one");
            }
            began = true;
            TreeTable tree = new TreeTable(database.batches());
            VerifierKey kept = keptKey();
            requireKey(tree, kept);
            long entries = bundle.checkpoint().size();
            rows.reserve(entries);
            new TransactionTemplate(database.transactions())
                    .executeWithoutResult(_ -> {
                        try {
                            new BundleCheck(bundle, rows, restored).run();
                            rows.finish(entries);
                            if (kept != null) {
                                tree.claim(kept);
                            }
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
    }

    private static void requireKey(TreeTable tree, @Nullable VerifierKey kept) {
        VerifierKey there = tree.key().orElse(kept);
        if (kept != null && !kept.equals(there)) {
            throw new IllegalArgumentException(
                    "The ledger there has signed with a key of its own already, %s; it cannot go on with another"
                            .formatted(there));
        }
    }

    private void requireSameRoot(LedgerNode node) {
        long size = bundle.checkpoint().size();
        if (!node.tree().root(size).equals(bundle.checkpoint().root())) {
            throw new IllegalStateException(
                    "The restored log does not come to the root of the bundle");
        }
    }
}
