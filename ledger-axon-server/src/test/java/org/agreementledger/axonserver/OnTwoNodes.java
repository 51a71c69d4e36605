package org.agreementledger.axonserver;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.agreementledger.axon.Submission.RequestKey;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one PostgreSQL and one stand-in for Axon Server. */
@Tag("axon-server")
@Timeout(120)
abstract class OnTwoNodes {

    static final RequestKey KEY = new RequestKey("key", "digest");
    static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path folder;

    final AxonServerStandIn server = new AxonServerStandIn();
    final List<LedgerNode> nodes = new ArrayList<>();
    private Location location;

    @BeforeEach
    void open() {
        Location fresh = TestDatabase.POSTGRESQL.fresh(folder);
        location = new Location(fresh.data(), fresh.url(), server.address());
        nodes.add(LedgerNode.open(location, Clock.systemUTC()));
        nodes.add(LedgerNode.open(location, Clock.systemUTC()));
        server.commands().await(2, PATIENCE);
    }

    @AfterEach
    void close() {
        nodes.parallelStream().forEach(LedgerNode::close);
        server.close();
    }

    LedgerNode node(int number) {
        return nodes.get(number % nodes.size());
    }

    /** Ids of agreements that are routed to it. */
    List<String> decidedAt(String client, int count) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "alpha-" + i)
                .filter(id -> server.commands().clientFor(id).equals(client))
                .limit(count)
                .toList();
    }
}
