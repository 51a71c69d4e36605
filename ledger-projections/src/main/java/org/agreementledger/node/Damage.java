package org.agreementledger.node;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.agreementledger.axon.DamagedRecord;
import org.agreementledger.axon.NotDurable;
import org.flywaydb.core.api.FlywayException;
import org.h2.api.ErrorCode;
import org.h2.jdbc.JdbcException;
import org.h2.message.DbException;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.springframework.core.NestedExceptionUtils;

/** What there is to do about a database that is damaged, or that the disk did not let write. */
public final class Damage {

    private static final Set<Integer> SIGNS =
            Set.of(
                    DataUtils.ERROR_READING_FAILED,
                    DataUtils.ERROR_INTERNAL,
                    DataUtils.ERROR_UNSUPPORTED_FORMAT,
                    DataUtils.ERROR_FILE_CORRUPT,
                    DataUtils.ERROR_SERIALIZATION,
                    DataUtils.ERROR_CHUNK_NOT_FOUND,
                    DataUtils.ERROR_BLOCK_NOT_FOUND);

    private static final String WHAT_TO_DO =
            "Keep it as it is, and bring the ledger back from a backup, or from a bundle with ./ledger restore";

    private Damage() {}

    /** For behind a colon, without its full stop; empty where something else went wrong. */
    public static Optional<String> of(Throwable thrown) {
        return first(thrown, Damage::isDamagedRecord)
                .map(e ->
                        "its database is damaged: %s; ./ledger verify says what else is. %s"
                                .formatted(line(e), WHAT_TO_DO))
                .or(() ->
                        first(thrown, Damage::isDamagedFile)
                                .filter(_ ->
                                        isCorrupt(NestedExceptionUtils.getMostSpecificCause(thrown))
                                                || first(thrown, Damage::isEndOfWriting).isEmpty())
                                .map(e ->
                                        "its database file is damaged (%s). %s"
                                                .formatted(unread(e), WHAT_TO_DO)));
    }

    /** Where H2 stumbles, it says no more than over what, with the name of a class of Java. */
    private static String unread(Throwable e) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(e);
        if (!(e instanceof JdbcException && isStumble(root))) {
            return line(e);
        }
        return root.getMessage() == null ? "H2 cannot read it" : "H2 cannot read it: " + line(root);
    }

    /**
     * The same where an embedded database does not open: what this program asks it first, it could
     * answer when it was closed.
     */
    public static Optional<String> whileOpening(Throwable thrown) {
        return of(thrown)
                .or(() ->
                        first(thrown, Damage::isNotAsItWasLeft)
                                .filter(_ -> first(thrown, Damage::isOfTheMachine).isEmpty())
                                .map(e ->
                                        "its database is not as this program left it, so it is damaged, or somebody wrote into it (%s). %s"
                                                .formatted(line(e), WHAT_TO_DO)));
    }

    /**
     * Why an embedded database has closed itself, or is about to: it could not write. Empty where
     * something else went wrong.
     */
    public static Optional<NotDurable> ofDisk(Throwable thrown) {
        return first(thrown, Damage::isEndOfWriting)
                .map(NestedExceptionUtils::getMostSpecificCause)
                .map(root -> new NotDurable(line(root), thrown));
    }

    private static boolean isEndOfWriting(Throwable e) {
        return e instanceof JdbcException h2 && h2.getErrorCode() == ErrorCode.DATABASE_IS_CLOSED
                || e instanceof MVStoreException store
                        && (store.getErrorCode() == DataUtils.ERROR_WRITING_FAILED
                                || store.getErrorCode() == DataUtils.ERROR_CLOSED);
    }

    /** H2 reads while it writes, and what it then cannot read is not the disk's refusal. */
    private static boolean isCorrupt(Throwable root) {
        return root instanceof MVStoreException store
                && store.getErrorCode() == DataUtils.ERROR_FILE_CORRUPT;
    }

    private static Optional<Throwable> first(Throwable thrown, Predicate<Throwable> sign) {
        return Stream.iterate(thrown, e -> e != null, Throwable::getCause).filter(sign).findFirst();
    }

    private static boolean isDamagedRecord(Throwable e) {
        return e instanceof DamagedRecord;
    }

    /** H2 stumbles over what it reads, now and then without noticing that it is at fault. */
    private static boolean isDamagedFile(Throwable e) {
        return e instanceof MVStoreException store && SIGNS.contains(store.getErrorCode())
                || e instanceof JdbcException h2
                        && (h2.getErrorCode() == ErrorCode.FILE_CORRUPTED_1
                                || h2.getErrorCode() == ErrorCode.ROW_NOT_FOUND_IN_PRIMARY_INDEX
                                || h2.getErrorCode() == ErrorCode.GENERAL_ERROR_1
                                        && isStumble(NestedExceptionUtils.getMostSpecificCause(e)));
    }

    private static boolean isStumble(Throwable root) {
        return root instanceof RuntimeException
                && !(root instanceof MVStoreException || root instanceof DbException);
    }

    private static boolean isNotAsItWasLeft(Throwable e) {
        return e instanceof FlywayException
                || e instanceof JdbcException && e instanceof SQLException;
    }

    private static boolean isOfTheMachine(Throwable e) {
        return e instanceof IOException || e instanceof OutOfMemoryError;
    }

    private static String line(Throwable e) {
        String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
        return first.replaceFirst("; SQL statement:$", "");
    }
}
