package org.agreementledger.axonserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.axon.Submission.RequestKey;
import org.agreementledger.log.KnownAt;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.LogChecks;
import org.agreementledger.node.TestDatabase;
import org.agreementledger.verify.Verification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One node; its database on both kinds, its events where something stands in for Axon Server. The
 * tests are in several classes, so that they run beside each other.
 */
@Tag("axon-server")
@ParameterizedClass
@EnumSource(TestDatabase.class)
@Timeout(120)
abstract class OnAxonServer {

    static final RequestKey KEY = new RequestKey("key", "digest");
    static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path folder;
    @Parameter TestDatabase database;

    final AxonServerStandIn server = new AxonServerStandIn("secret");
    Location location;
    LedgerNode node;

    @BeforeEach
    void open() {
        Location fresh = database.fresh(folder);
        location = new Location(fresh.data(), fresh.url(), server.address());
        node = LedgerNode.open(location, Clock.systemUTC());
        server.commands().await(1, PATIENCE);
    }

    @AfterEach
    void close() {
        node.close();
        server.close();
    }

    void reopen() {
        node.close();
        node = LedgerNode.open(location, Clock.systemUTC());
    }

    Location withoutAxonServer() {
        return new Location(location.data(), location.url());
    }

    List<Receipt> record(Submission... submissions) {
        return Stream.of(submissions).map(node.ledger()::record).toList();
    }

    void assertVerified(int entries) throws InterruptedException {
        LogChecks.awaitIntact(node, entries);
        var verified =
                node.verification()
                        .verify(
                                Verification.Question.ALL,
                                PATIENCE,
                                Verification.Progress.NONE,
                                () -> {});
        assertThat(verified.differences()).isEmpty();
        assertThat(verified.events()).isEqualTo(entries);
        var now = node.readModels().resolve(new KnownAt.Now());
        assertThat(node.replay().check(null, now, _ -> {}).differences()).isEmpty();
    }
}
