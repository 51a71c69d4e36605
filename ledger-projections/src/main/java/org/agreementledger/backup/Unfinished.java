package org.agreementledger.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The names of backups and restores that are under way. One that is killed leaves them, and nobody
 * can tell the two apart.
 */
public final class Unfinished {

    private static final String PART = ".part";
    private static final String RESTORING = ".restoring-";

    private Unfinished() {}

    /** Where a backup is written until it is whole: two for the same file get one each. */
    public static Path backup(Path file) {
        return file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + PART);
    }

    public static List<Path> backups(Path file) throws IOException {
        String start = file.getFileName() + ".";
        return list(file.resolveSibling(""), name -> name.startsWith(start) && name.endsWith(PART));
    }

    /**
     * Where a ledger is unpacked until it is verified. In the folder where that is there: a disk of
     * its own may be mounted in its place, so that it can be filled, and not replaced.
     */
    public static Path restore(Path folder) {
        String name = RESTORING + UUID.randomUUID();
        return Files.exists(folder)
                ? folder.resolve(name)
                : folder.resolveSibling("." + folder.getFileName() + name);
    }

    public static List<Path> restores(Path folder) throws IOException {
        String beside = "." + folder.getFileName() + RESTORING;
        return Stream.concat(
                        list(folder, Unfinished::isRestore).stream(),
                        list(folder.resolveSibling(""), name -> name.startsWith(beside)).stream())
                .toList();
    }

    /** Of a file in the folder. */
    public static boolean isRestore(String name) {
        return name.startsWith(RESTORING);
    }

    private static List<Path> list(Path folder, Predicate<String> names) throws IOException {
        if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> names.test(file.getFileName().toString())).toList();
        }
    }
}
