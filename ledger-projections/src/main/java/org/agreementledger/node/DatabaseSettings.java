package org.agreementledger.node;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final String JDBC = "jdbc:postgresql:";

    /** Hosts with their ports, apart by commas, and the name; or the name alone. */
    private static final Pattern WITHOUT_LOGIN =
            Pattern.compile(
                    "jdbc:postgresql:(//(\\[[0-9a-fA-F:.]+]|[^\\[\\]:,/@]*)(:\\d+)?(,(\\[[0-9a-fA-F:.]+]|[^\\[\\]:,/@]*)(:\\d+)?)*)?/?[^/@:]*");

    private static final String H2_MEMORY = "jdbc:h2:mem:";

    /** Closing is left to us: H2's own hook closes while writers still write. */
    private static final String H2_OPTIONS =
            ";DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";

    /** H2 looks there for what is not in its public schema; PostgreSQL has it set to the like. */
    private static final String H2_PATH = ";SCHEMA_SEARCH_PATH=PUBLIC,MODELS";

    /**
     * Writing is left to {@link GroupFlush}: H2's own thread would do so at any time. Said, because
     * the database keeps the other.
     */
    private static final String H2_WRITES_WHEN_TOLD = ";WRITE_DELAY=" + Integer.MAX_VALUE;

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
        return new DatabaseSettings(
                H2_FILE
                        + home.resolve(DataFolder.DATABASE)
                        + H2_OPTIONS
                        + H2_PATH
                        + H2_WRITES_WHEN_TOLD,
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
                H2_MEMORY
                        + UUID.randomUUID()
                        + ";DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1"
                        + H2_PATH,
                null,
                "sa",
                "",
                false);
    }

    /**
     * @param url {@code jdbc:postgresql:…} or {@code postgresql://user:password@host:port/name}
     * @throws IllegalArgumentException for anything else; the message does not repeat what may hold
     *     a password
     */
    public static DatabaseSettings server(String url) {
        if (url.startsWith(JDBC)) {
            return ofJdbc(url);
        }
        if (url.startsWith("postgresql://") || url.startsWith("postgres://")) {
            return ofUri(url);
        }
        throw notTheUrl(url.contains(":") ? url.substring(0, url.indexOf(':')) + ":…" : url);
    }

    /** The driver repeats its URL where it fails; so user and password do not stay there. */
    private static DatabaseSettings ofJdbc(String url) {
        String[] parts = url.split("\\?", 2);
        if (!WITHOUT_LOGIN.matcher(parts[0]).matches()) {
            throw notTheUrl(JDBC + "…");
        }
        String user = null;
        String password = null;
        List<String> rest = new ArrayList<>();
        for (String parameter : parts.length == 1 ? new String[0] : parts[1].split("&")) {
            String value = parameter.substring(parameter.indexOf('=') + 1);
            if (parameter.startsWith("user=")) {
                user = decoded(value);
            } else if (parameter.startsWith("password=")) {
                password = decoded(value);
            } else {
                rest.add(parameter);
            }
        }
        return new DatabaseSettings(
                rest.isEmpty() ? parts[0] : parts[0] + "?" + String.join("&", rest),
                null,
                user,
                password,
                false);
    }

    private static DatabaseSettings ofUri(String url) {
        URI uri = uri(url);
        String authority = uri.getRawAuthority();
        int at = authority.lastIndexOf('@');
        String[] login = at < 0 ? new String[0] : authority.substring(0, at).split(":", 2);
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        DatabaseSettings rest =
                ofJdbc(JDBC + "//" + authority.substring(at + 1) + uri.getRawPath() + query);
        return new DatabaseSettings(
                rest.url,
                null,
                login.length > 0 ? decoded(login[0]) : rest.user,
                login.length > 1 ? decoded(login[1]) : rest.password,
                false);
    }

    private static URI uri(String url) {
        try {
            URI uri = new URI(url);
            if (uri.getRawAuthority() != null) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // Its message repeats the URL.
        }
        throw notTheUrl("postgresql://…");
    }

    private static IllegalArgumentException notTheUrl(String shown) {
        return new IllegalArgumentException(
                "'"
                        + shown
                        + "' is not the URL of a PostgreSQL database; write"
                        + " postgresql://user:password@host:port/name, with special characters of the password percent-encoded,"
                        + " or jdbc:postgresql://host:port/name");
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw notTheUrl("postgresql:…");
        }
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
        return folder != null || user == null
                ? url
                : url.replaceFirst(
                        "jdbc:(postgresql:)//", "$1//" + Matcher.quoteReplacement(user) + "@");
    }
}
