package org.agreementledger.node;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the database.
 *
 * @param folder of the embedded one; null for a server
 * @param user null where the URL or the driver says
 * @param fsync whether we force what is committed to the disk; false where the database does so by
 *     itself, and where nobody is to
 */
public record DatabaseSettings(
        String url,
        @Nullable Path folder,
        @Nullable String user,
        @Nullable String password,
        boolean fsync) {

    /**
     * Without {@code retry}, one interrupted thread closes the file under all others, for good, and
     * lets go of its lock.
     */
    private static final String H2_FILE = "jdbc:h2:retry:";

    private static final String H2_MEMORY = "jdbc:h2:mem:";

    /** Closing is left to us: H2's own hook closes while writers still write. */
    private static final String H2_OPTIONS =
            ";DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";

    /** Then writing is left to {@link GroupFlush}. Said, because the database keeps the other. */
    private static final String H2_WRITES_LATER = ";WRITE_DELAY=500";

    /** Each commit is handed to the operating system before it returns. */
    private static final String H2_WRITES_AT_ONCE = ";WRITE_DELAY=0";

    private static final int SEARCHERS_MAX = 16;

    static DatabaseSettings of(LedgerNode.Location location) {
        return location.url() == null ? embedded(location.data()) : server(location.url());
    }

    /** The embedded database in that folder. */
    public static DatabaseSettings embedded(Path folder) {
        return embedded(folder, true);
    }

    private static DatabaseSettings embedded(Path folder, boolean fsync) {
        Path home = folder.toAbsolutePath().normalize();
        String writes = fsync ? H2_WRITES_LATER : H2_WRITES_AT_ONCE;
        return new DatabaseSettings(
                H2_FILE + home.resolve(DataFolder.DATABASE) + H2_OPTIONS + writes,
                home,
                "sa",
                "",
                fsync);
    }

    /**
     * The same, where a commit survives a killed process, but not a power cut.
     *
     * @throws IllegalArgumentException for a server, which decides that by itself
     */
    DatabaseSettings withoutFsync() {
        if (folder == null) {
            throw new IllegalArgumentException(
                    "a server forces its disk as it is set up to (synchronous_commit)");
        }
        return embedded(folder, false);
    }

    /** One that vanishes when it is closed. */
    static DatabaseSettings inMemory() {
        return new DatabaseSettings(
                H2_MEMORY + UUID.randomUUID() + ";DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1",
                null,
                "sa",
                "",
                false);
    }

    /**
     * @param url {@code jdbc:postgresql:…} or {@code postgresql://user:password@host:port/name}
     * @throws IllegalArgumentException for anything else
     */
    public static DatabaseSettings server(String url) {
        if (url.startsWith("jdbc:postgresql:")) {
            return new DatabaseSettings(url, null, null, null, false);
        }
        if (url.startsWith("postgresql://") || url.startsWith("postgres://")) {
            return ofUri(URI.create(url));
        }
        throw new IllegalArgumentException(
                "'"
                        + url.replaceAll("//[^/@]*@", "//…@")
                        + "' is not the URL of a PostgreSQL database; write"
                        + " postgresql://user:password@host:port/name or jdbc:postgresql://host:port/name");
    }

    private static DatabaseSettings ofUri(URI uri) {
        String[] login =
                uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new DatabaseSettings(
                "jdbc:postgresql://"
                        + uri.getRawAuthority().substring(uri.getRawAuthority().indexOf('@') + 1)
                        + uri.getRawPath()
                        + query,
                null,
                login.length > 0 ? decoded(login[0]) : null,
                login.length > 1 ? decoded(login[1]) : null,
                false);
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /**
     * Where the search index may be: beside the embedded database, or, as several processes of one
     * machine may use a server, in the first of several folders that is free.
     */
    List<Path> searchFolders(Path data) {
        if (folder != null) {
            return List.of(folder.resolve("search"));
        }
        String name = nameOfServer();
        return IntStream.range(0, SEARCHERS_MAX)
                .mapToObj(number -> data.resolve("search").resolve(name + "-" + number))
                .toList();
    }

    /** Where the key that signs the log is made, unless it is given. */
    Path keyFile(Path data) {
        return folder != null
                ? folder.resolve("log-key.pem")
                : data.resolve("log-key-" + nameOfServer() + ".pem");
    }

    /** Where the key that this ledger cosigns with as a witness is made, unless it is given. */
    Path witnessKeyFile(Path data) {
        return data.resolve("witness-key.pem");
    }

    private String nameOfServer() {
        return url.replaceAll("^.*//|\\?.*$", "").replaceAll("[^A-Za-z0-9.]+", "-");
    }

    /** Whether it is H2, within this process. */
    boolean isEmbedded() {
        return url.startsWith("jdbc:h2:");
    }

    /** Without the password, which records would print. */
    @Override
    public String toString() {
        return url;
    }
}
