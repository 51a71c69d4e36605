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
import java.util.Optional;
import org.agreementledger.proof.SigningKey;

/** A private key in a file that only its owner reads. */
record KeyFile(Path path) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final FileAttribute<?>[] OWNER_ONLY =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];

    /** The PEM; empty where there is no file. */
    Optional<String> read() {
        try {
            return Optional.of(Files.readString(path));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The key " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * @throws IllegalArgumentException when that is no key
     */
    SigningKey key(String name, String pem) {
        try {
            return SigningKey.ofPem(name, pem);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The key file " + path + ": " + e.getMessage());
        }
    }

    /** Makes it; the PEM. */
    String make() {
        try {
            Files.createDirectories(path.getParent());
            write(SigningKey.generate("new", RANDOM).pem());
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The key " + path + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Whole, on the disk, and never over another one: a second node may be starting too. */
    private void write(String pem) throws IOException {
        Path draft = Files.createTempFile(path.getParent(), "key", ".draft", OWNER_ONLY);
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
            Files.createLink(path, draft);
        } catch (UnsupportedOperationException _) {
            Files.move(draft, path);
        }
    }
}
