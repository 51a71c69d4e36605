package org.agreementledger.backup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A backup: a zip file of three files with fixed names, whose manifest says what the database must
 * be. So nothing is unpacked under a name of somebody else's choice, nor more than was announced.
 */
public final class BackupFile {

    public static final String DATABASE = "ledger.mv.db";
    static final String MANIFEST = "manifest.json";

    /** Comes first, so that a backup that was cut off is still known as one. */
    private static final String MARK = "LEDGER-BACKUP.txt";

    private static final List<String> NAMES = List.of(MARK, DATABASE, MANIFEST);

    private static final byte[] MARK_TEXT =
            """
            A backup of an agreement ledger. It is brought back, and verified, with

              ./ledger restore FILE --data DIR

            ledger.mv.db is the database as it was at one moment; manifest.json says which, and of
            which ledger. The private key that signs its log is not in it.
            Secrets of webhooks are: keep it as you keep the ledger.
            """
                    .getBytes(StandardCharsets.US_ASCII);

    private static final byte[] LOCAL_SIGNATURE = {'P', 'K', 3, 4};
    private static final int LOCAL_LENGTH = 30;
    private static final int MANIFEST_MAX = 100_000;
    private static final int BLOCK = 1 << 16;

    /** Where the bytes of the database come from. */
    @FunctionalInterface
    public interface Source {
        void writeTo(OutputStream out) throws IOException;
    }

    private final Path path;
    private final Manifest manifest;

    private BackupFile(Path path, Manifest manifest) {
        this.path = path;
        this.manifest = manifest;
    }

    /**
     * Writes one, in one go.
     *
     * @param ledger the key that signs its log; null where nothing was ever signed
     * @param root of the newest tree that was signed; null where none was
     */
    public static void write(
            OutputStream out,
            Source database,
            @Nullable String ledger,
            long position,
            @Nullable String root,
            Instant takenAt)
            throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.BEST_SPEED);
        zip.putNextEntry(new ZipEntry(MARK));
        zip.write(MARK_TEXT);
        ZipEntry entry = new ZipEntry(DATABASE);
        zip.putNextEntry(entry);
        DigestOutputStream digested = new DigestOutputStream(zip, sha256());
        database.writeTo(digested);
        zip.closeEntry();
        String digest = HexFormat.of().formatHex(digested.getMessageDigest().digest());
        zip.putNextEntry(new ZipEntry(MANIFEST));
        zip.write(new Manifest(ledger, position, root, takenAt, entry.getSize(), digest).write());
        zip.closeEntry();
        zip.finish();
    }

    /** Whether it begins like one; it may still be damaged. */
    public static boolean isOne(Path path) {
        byte[] name = MARK.getBytes(StandardCharsets.US_ASCII);
        try (InputStream in = Files.newInputStream(path)) {
            byte[] start = in.readNBytes(LOCAL_LENGTH + name.length);
            return start.length == LOCAL_LENGTH + name.length
                    && Arrays.equals(LOCAL_SIGNATURE, Arrays.copyOf(start, LOCAL_SIGNATURE.length))
                    && Arrays.equals(name, Arrays.copyOfRange(start, LOCAL_LENGTH, start.length));
        } catch (IOException _) {
            return false;
        }
    }

    /**
     * Looks at all but the database.
     *
     * @throws IllegalArgumentException when it is not whole, or not one that this version reads
     */
    public static BackupFile open(Path path) throws IOException {
        try (ZipFile zip = zip(path)) {
            List<String> names = zip.stream().map(ZipEntry::getName).toList();
            if (!names.equals(NAMES)) {
                throw unfit(path, "it holds other files than a backup: " + first(names));
            }
            try (InputStream in = stream(zip, MARK)) {
                if (!Arrays.equals(in.readNBytes(MARK_TEXT.length + 1), MARK_TEXT)) {
                    throw unfit(path, "its " + MARK + " is damaged");
                }
            }
            try (InputStream in = stream(zip, MANIFEST)) {
                return new BackupFile(path, manifest(path, in.readNBytes(MANIFEST_MAX)));
            }
        } catch (ZipException | EOFException e) {
            throw unfit(path, "it is damaged", e);
        }
    }

    private static Manifest manifest(Path path, byte[] bytes) {
        try {
            return Manifest.read(bytes);
        } catch (IllegalArgumentException e) {
            throw unfit(path, String.valueOf(e.getMessage()), e);
        }
    }

    /** The list of what is in it stands at the end. */
    private static ZipFile zip(Path path) throws IOException {
        try {
            return new ZipFile(path.toFile());
        } catch (ZipException e) {
            throw unfit(path, "it is cut off, or damaged at its end", e);
        }
    }

    private static String first(List<String> names) {
        return names.stream()
                .filter(name -> !NAMES.contains(name))
                .findFirst()
                .map(name -> name.replaceAll("\\p{Cntrl}", "?"))
                .map(name -> name.length() > 80 ? name.substring(0, 80) + "…" : name)
                .orElse("some are missing, or there twice");
    }

    public Manifest manifest() {
        return manifest;
    }

    /**
     * Every byte of the database is read.
     *
     * @throws IllegalArgumentException when it is not what the manifest says
     */
    public void check() throws IOException {
        unpackTo(OutputStream.nullOutputStream());
    }

    /**
     * The same, and writes it.
     *
     * @throws IllegalArgumentException when it is not what the manifest says; what was written is
     *     of no use then
     */
    public void unpackTo(OutputStream out) throws IOException {
        MessageDigest sha256 = sha256();
        long left = manifest.size();
        try (ZipFile zip = zip(path);
                InputStream in = new DigestInputStream(stream(zip, DATABASE), sha256)) {
            byte[] block = new byte[BLOCK];
            for (int read = read(in, block); read > 0; read = read(in, block)) {
                left -= read;
                if (left < 0) {
                    throw unfit(path, "its database is larger than its manifest says");
                }
                out.write(block, 0, read);
            }
        }
        if (left > 0 || !HexFormat.of().formatHex(sha256.digest()).equals(manifest.sha256())) {
            throw unfit(path, "its database is not the one that its manifest describes");
        }
    }

    private int read(InputStream in, byte[] block) throws IOException {
        try {
            return in.readNBytes(block, 0, block.length);
        } catch (ZipException | EOFException e) {
            throw unfit(path, "its database is damaged", e);
        }
    }

    private static InputStream stream(ZipFile zip, String name) throws IOException {
        return zip.getInputStream(zip.getEntry(name));
    }

    private static IllegalArgumentException unfit(Path path, String why) {
        return new IllegalArgumentException(
                "%s is no backup that can be restored: %s".formatted(path, why));
    }

    private static IllegalArgumentException unfit(Path path, String why, Exception cause) {
        IllegalArgumentException unfit = unfit(path, why);
        unfit.addSuppressed(cause);
        return unfit;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
