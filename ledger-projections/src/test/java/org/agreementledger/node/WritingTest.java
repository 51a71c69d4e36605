package org.agreementledger.node;

import static org.agreementledger.node.Drafts.announcement;
import static org.agreementledger.node.Drafts.opening;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.agreementledger.axon.Receipt;
import org.agreementledger.log.Logged;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class WritingTest {

    @TempDir Path folder;
    @Parameter TestDatabase database;
    LedgerNode node;

    @BeforeEach
    void open() {
        node = LedgerNode.open(database.fresh(folder), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void a_write_is_stored_and_then_gets_its_position() throws Exception {
        Receipt first = node.ledger().record(opening("alpha"));
        Receipt second = node.ledger().record(announcement("alpha", "Hello"));

        node.log().awaitBeyond(0, Duration.ofSeconds(10));
        List<Logged> logged = node.log().read(-1, 10);
        assertThat(logged).hasSize(2);
        assertThat(logged.getFirst().log().eventId()).isEqualTo(first.eventId());
        assertThat(logged.getLast().log().eventId()).isEqualTo(second.eventId());
    }
}
