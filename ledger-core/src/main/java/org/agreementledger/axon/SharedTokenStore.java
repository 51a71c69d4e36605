package org.agreementledger.axon;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.tokenstore.AbstractTokenEntry;
import org.axonframework.eventhandling.tokenstore.GenericTokenEntry;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;

/**
 * For a database that several processes share. A claim is also lost when it was not renewed for as
 * long as we have watched it: one of a node whose clock was days ahead when it died would otherwise
 * stand for days. For one processor of one segment.
 */
final class SharedTokenStore extends JdbcTokenStore {

    private final Duration claimLost;
    private String claim = "";
    private long since;

    SharedTokenStore(Builder builder, Duration claimLost) {
        super(builder.claimTimeout(claimLost));
        this.claimLost = claimLost;
    }

    @Override
    protected AbstractTokenEntry<?> readTokenEntry(ResultSet row) throws SQLException {
        AbstractTokenEntry<?> entry = super.readTokenEntry(row);
        if (!isLost(entry.getOwner() + " " + entry.timestampAsString())) {
            return entry;
        }
        return new GenericTokenEntry<>(
                row.getString("token"),
                row.getString("token_type"),
                DateTimeUtils.formatInstant(Instant.EPOCH),
                entry.getOwner(),
                entry.getProcessorName(),
                entry.getSegment(),
                String.class);
    }

    private synchronized boolean isLost(String seen) {
        if (!seen.equals(claim)) {
            claim = seen;
            since = System.nanoTime();
        }
        return System.nanoTime() - since > claimLost.toNanos();
    }
}
