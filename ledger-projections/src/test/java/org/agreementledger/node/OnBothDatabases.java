package org.agreementledger.node;

import java.nio.file.Path;
import java.time.Clock;
import org.agreementledger.node.LedgerNode.Location;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Each test runs on an empty ledger, once on H2 and once on PostgreSQL. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
@Timeout(120)
abstract class OnBothDatabases {

    @TempDir Path folder;
    @Parameter TestDatabase database;
    Location location;
    LedgerNode node;

    @BeforeEach
    void open() {
        location = database.fresh(folder);
        node = LedgerNode.open(location, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        node.close();
    }

    void reopen(Clock clock) {
        node.close();
        node = LedgerNode.open(location, clock);
    }
}
