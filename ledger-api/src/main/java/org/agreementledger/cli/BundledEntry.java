package org.agreementledger.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.agreement.Refused;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.ImportedFrom;
import org.agreementledger.axon.Submission;
import org.agreementledger.bundle.Bundle;
import org.agreementledger.json.EntryJson;
import org.agreementledger.json.Malformed;
import org.agreementledger.proof.Hash;
import org.agreementledger.proof.MerkleTree;

/**
 * An entry of another ledger, out of a bundle that proves it.
 *
 * @param line of the bundle's entries.ndjson
 */
record BundledEntry(String file, int line, Entry entry, ImportedFrom from) implements Importable {

    private static final byte[] ZIP = {'P', 'K', 3, 4};

    /** Whether it begins like one; what is not there is not. */
    static boolean isBundle(String file) {
        if (file.equals(EntryFiles.STANDARD_INPUT) || !Files.isRegularFile(Path.of(file))) {
            return false;
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return Arrays.equals(in.readNBytes(ZIP.length), ZIP);
        } catch (IOException e) {
            throw Failure.usage("Cannot read " + file + ": " + Reasons.first(e) + ".", e);
        }
    }

    /** All of it, once it was checked. */
    static List<BundledEntry> read(Terminal terminal, String file, Trust trust) {
        Path path = Path.of(file);
        Bundle bundle = Trust.open(path);
        String origin = bundle.checkpoint().origin();
        List<BundledEntry> entries = new ArrayList<>();
        trust.check(
                terminal,
                bundle,
                path,
                (leaf, entry, _) -> {
                    Hash leafHash =
                            MerkleTree.leafHash(leaf.text().getBytes(StandardCharsets.UTF_8));
                    entries.add(
                            new BundledEntry(
                                    file,
                                    entries.size() + 1,
                                    entry,
                                    new ImportedFrom(
                                            leafHash.hex(),
                                            origin,
                                            leaf.position(),
                                            leaf.recordedAt())));
                });
        return entries;
    }

    @Override
    public Submission submission(Actor by) {
        try {
            Entry submitted = EntryJson.submitted(EntryJson.write(entry), null);
            return new Submission(new RecordEntry(submitted, null), by, null, from);
        } catch (Malformed e) {
            throw Failure.usage(at(e.pointer(), e.getMessage()), e);
        }
    }

    @Override
    public Failure refused(Refused refused) {
        return Failure.usage(at(refused.pointer(), Refusals.sentence(refused)), refused);
    }

    private String at(String pointer, String sentence) {
        return "%s, entry %d of it%s: %s%s"
                .formatted(
                        file,
                        line,
                        pointer.isEmpty() ? "" : ", " + pointer,
                        sentence,
                        sentence.endsWith(".") || sentence.endsWith("?") ? "" : ".");
    }
}
