package org.agreementledger.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.agreementledger.log.TreeTable;
import org.agreementledger.proof.SigningKey;
import org.agreementledger.proof.VerifierKey;
import org.jspecify.annotations.Nullable;

/** Finds the key that signs the log, or makes it at the first start. */
final class LogKeys {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final FileAttribute<?>[] OWNER_ONLY =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];

    private final TreeTable table;
    private final Signing signing;
    private final Path file;

    LogKeys(TreeTable table, Signing signing, Path besideData) {
        this.table = table;
        this.signing = signing;
        this.file = signing.keyFile() == null ? besideData : signing.keyFile();
    }

    /**
     * @throws IllegalArgumentException when the file that was given is not there or holds no key,
     *     or when the log has another origin
     * @throws IllegalStateException when the log is signed with a key that is not there
     */
    SigningKey toWrite() {
        Optional<VerifierKey> known = table.key();
        String pem = read().orElseGet(() -> make(known.orElse(null)));
        VerifierKey kept = known.orElseGet(() -> table.claim(key(origin(), pem).verifier()));
        if (signing.origin() != null && !signing.origin().equals(kept.name())) {
            throw new IllegalArgumentException(
                    "The origin of this log is %s, since its first start; it cannot become %s"
                            .formatted(kept.name(), signing.origin()));
        }
        SigningKey key = key(kept.name(), pem);
        if (!key.verifier().equals(kept)) {
            throw notThere(kept, "which is not the one in " + file);
        }
        return key;
    }

    /** For who only has to catch up: it makes none, and does without where it is not at hand. */
    Optional<SigningKey> atHand() {
        return table.key()
                .filter(_ -> Files.isReadable(file))
                .flatMap(kept ->
                        read().map(pem -> key(kept.name(), pem))
                                .filter(key -> key.verifier().equals(kept)));
    }

    private SigningKey key(String name, String pem) {
        try {
            return SigningKey.ofPem(name, pem);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The key file " + file + ": " + e.getMessage());
        }
    }

    private static IllegalStateException notThere(VerifierKey kept, String where) {
        return new IllegalStateException(
                "its log is signed with the key %s, %s; every node of a ledger signs with the same key: give it with --log-key FILE"
                        .formatted(kept, where));
    }

    /** Two ledgers never share one, or their checkpoints would contradict each other. */
    private String origin() {
        if (signing.origin() != null) {
            return signing.origin();
        }
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        return "agreement-ledger/" + HexFormat.of().formatHex(random);
    }

    private Optional<String> read() {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The key " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private String make(@Nullable VerifierKey known) {
        if (signing.keyFile() != null) {
            throw new IllegalArgumentException("There is no key file " + file);
        }
        if (known != null) {
            throw notThere(known, "and there is no " + file);
        }
        try {
            Files.createDirectories(file.getParent());
            write(SigningKey.generate("new", RANDOM).pem());
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The key " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Whole, on the disk, and never over another one: a second node may be starting too. */
    private void write(String pem) throws IOException {
        Path draft = Files.createTempFile(file.getParent(), "log-key", ".draft", OWNER_ONLY);
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(pem.getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            publish(draft);
        } catch (FileAlreadyExistsException _) {
            // The other one's is as good.
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private void publish(Path draft) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (UnsupportedOperationException _) {
            Files.move(draft, file);
        }
    }
}
