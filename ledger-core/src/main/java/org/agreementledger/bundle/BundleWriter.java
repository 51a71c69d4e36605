package org.agreementledger.bundle;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.agreementledger.agreement.Entry;
import org.agreementledger.proof.Hash;
import org.agreementledger.proof.SignedNote;
import org.agreementledger.proof.VerifierKey;

/**
 * Makes a bundle. It takes leaves and entries in the order of the log, keeps them in files of its
 * own meanwhile, and trusts whoever brings them: {@link BundleCheck} is there to check.
 */
public final class BundleWriter implements AutoCloseable {

    private final Scope scope;
    private final SignedNote checkpoint;
    private final VerifierKey key;
    private final Path folder;
    private final Map<Part, Writer> spooled = new EnumMap<>(Part.class);
    private final Claims claims = new Claims();
    private long entries;

    /**
     * @param checkpoint whose first signature is that key's
     * @param parent of a folder for as long as it is made, with room for all of it
     */
    public BundleWriter(Scope scope, SignedNote checkpoint, VerifierKey key, Path parent)
            throws IOException {
        this.scope = scope;
        this.checkpoint = checkpoint;
        this.key = key;
        this.folder = Files.createTempDirectory(parent, ".bundle-");
    }

    /** A leaf whose entry is not held. */
    public void leaf(String leaf) throws IOException {
        spool(Part.LEAVES).append(leaf).append('\n');
    }

    /**
     * @param proof from the leaf up to the root; left out where all leaves are there
     */
    public void entry(Entry entry, String salt, String leaf, long position, List<Hash> proof)
            throws IOException {
        leaf(leaf);
        spool(Part.ENTRIES).append(Derived.digested(entry, salt)).append('\n');
        spool(Part.DOCUMENTS).append(Derived.document(entry, entries == 0));
        if (!scope.allLeaves()) {
            spool(Part.PROOFS).append(proof(position, proof)).append('\n');
        }
        if (scope.claimsTerms()) {
            claims.add(entry);
        }
        entries++;
    }

    private static String proof(long position, List<Hash> hashes) {
        return hashes.stream()
                .map(hash -> " " + hash.base64())
                .collect(Collectors.joining("", Long.toString(position), ""));
    }

    private Writer spool(Part part) throws IOException {
        Writer writer = spooled.get(part);
        if (writer == null) {
            writer = Files.newBufferedWriter(spoolFile(part), StandardCharsets.UTF_8);
            spooled.put(part, writer);
        }
        return writer;
    }

    private Path spoolFile(Part part) {
        return folder.resolve(part.file());
    }

    /**
     * Once, when all is there.
     *
     * @throws IllegalArgumentException when there is no entry, or too many for one bundle
     */
    public void write(OutputStream out) throws IOException {
        if (entries == 0) {
            throw new IllegalArgumentException("There is no entry to put into the bundle");
        }
        spool(Part.DOCUMENTS).append(Derived.DOCUMENTS_END);
        if (scope.validOn() != null) {
            for (String line : claims.lines(scope.validOn())) {
                spool(Part.TERMS).append(line).append('\n');
            }
        }
        Map<Part, Bytes> contents = new EnumMap<>(Part.class);
        for (Map.Entry<Part, Writer> spool : spooled.entrySet()) {
            spool.getValue().close();
            contents.put(spool.getKey(), Bytes.of(spoolFile(spool.getKey())));
        }
        put(contents, Part.SCOPE, Derived.utf8(scope.json()));
        put(contents, Part.KEY, Derived.utf8(key + "\n"));
        put(contents, Part.CHECKPOINT, Derived.utf8(checkpoint.write()));
        Derived.files(scope, checkpoint, key).forEach((part, file) -> put(contents, part, file));
        put(contents, Part.SUMS, Derived.sums(Archive.sums(contents)));
        OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        Archive.write(buffered, contents);
        buffered.flush();
    }

    private static void put(Map<Part, Bytes> contents, Part part, byte[] bytes) {
        contents.put(part, Bytes.of(bytes));
    }

    @Override
    public void close() throws IOException {
        for (Map.Entry<Part, Writer> spool : spooled.entrySet()) {
            spool.getValue().close();
            Files.deleteIfExists(spoolFile(spool.getKey()));
        }
        Files.deleteIfExists(folder);
    }
}
