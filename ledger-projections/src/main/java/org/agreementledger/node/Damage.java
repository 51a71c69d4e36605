package org.agreementledger.node;

import java.util.Optional;
import java.util.Set;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/** What there is to do about an embedded database whose file is damaged. */
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

    private Damage() {}

    /** For behind a colon, without its full stop; empty where something else went wrong. */
    public static Optional<String> of(Throwable thrown) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            if (e instanceof MVStoreException store && SIGNS.contains(store.getErrorCode())) {
                return Optional.of(
                        "its database file is damaged (%s). Keep it as it is, and bring the ledger back from a backup, or from a bundle with ./ledger restore"
                                .formatted(
                                        String.valueOf(store.getMessage())
                                                .lines()
                                                .findFirst()
                                                .orElse("")));
            }
        }
        return Optional.empty();
    }
}
