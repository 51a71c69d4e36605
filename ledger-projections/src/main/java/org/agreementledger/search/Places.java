package org.agreementledger.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** Opens the index in the first folder that no other process writes, or else in memory. */
final class Places {

    private static final Logger LOG = LoggerFactory.getLogger(Places.class);

    private Places() {}

    /**
     * @param damaged whether what is found is known not to be of use
     */
    static OpenIndex open(List<Path> folders, EntryIndex.Source entries, boolean damaged)
            throws IOException {
        IOException reason = new IOException("no folder is named");
        for (Path folder : folders) {
            try {
                return open(folder, entries, damaged);
            } catch (LockObtainFailedException e) {
                LOG.debug("The search index in {} is another process's", folder, e);
                reason = e;
            } catch (IOException e) {
                reason = e;
            }
        }
        LOG.warn("The search index is built in memory; no folder takes it: {}", reason.toString());
        return new OpenIndex(new ByteBuffersDirectory());
    }

    private static OpenIndex open(Path folder, EntryIndex.Source entries, boolean damaged)
            throws IOException {
        Directory directory = FSDirectory.open(folder);
        try (Lock _ = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            LOG.debug("The search index is in {}", folder);
        }
        if (!DirectoryReader.indexExists(directory)) {
            return new OpenIndex(directory);
        }
        Optional<OpenIndex> index = damaged ? Optional.empty() : undamaged(directory);
        if (index.isPresent() && index.get().belongsTo(entries)) {
            return index.get();
        }
        index.ifPresent(OpenIndex::abandon);
        LOG.info(
                "The search index in {} is {}; building it anew.",
                folder,
                index.isPresent() ? "of other entries, or of another version" : "damaged");
        Directory empty = FSDirectory.open(folder);
        clear(empty);
        return new OpenIndex(empty);
    }

    /** An empty one of the same kind, to be built while the other is asked. */
    static Directory beside(Directory directory) throws IOException {
        if (!(directory instanceof FSDirectory folder)) {
            return new ByteBuffersDirectory();
        }
        Path path = folder.getDirectory();
        Directory beside = FSDirectory.open(path.resolveSibling(path.getFileName() + ".next"));
        clear(beside);
        return beside;
    }

    /** Puts what was built beside in the place of the other, which is closed. */
    static OpenIndex replaced(OpenIndex old, OpenIndex next) throws IOException {
        if (!(old.directory() instanceof FSDirectory folder
                && next.directory() instanceof FSDirectory beside)) {
            old.abandon();
            return next;
        }
        Path home = folder.getDirectory();
        Path built = beside.getDirectory();
        next.close();
        old.abandon();
        try (Directory emptied = FSDirectory.open(home);
                Directory moved = FSDirectory.open(built)) {
            clear(emptied);
            for (String file : moved.listAll()) {
                if (!file.equals(IndexWriter.WRITE_LOCK_NAME)) {
                    Files.move(built.resolve(file), home.resolve(file));
                }
            }
        }
        FileSystemUtils.deleteRecursively(built);
        return new OpenIndex(FSDirectory.open(home));
    }

    private static Optional<OpenIndex> undamaged(Directory directory) throws IOException {
        try {
            return Optional.of(new OpenIndex(directory));
        } catch (LockObtainFailedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            LOG.debug("The search index cannot be opened", e);
            return Optional.empty();
        }
    }

    private static void clear(Directory directory) throws IOException {
        for (String file : directory.listAll()) {
            if (!file.equals(IndexWriter.WRITE_LOCK_NAME)) {
                directory.deleteFile(file);
            }
        }
    }
}
