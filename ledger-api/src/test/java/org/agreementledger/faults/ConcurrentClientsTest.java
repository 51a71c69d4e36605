package org.agreementledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.agreementledger.api.Doors;
import org.agreementledger.faults.AgreementModel.Refused;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever many clients are answered at once, one after the other could have been answered so. */
@Timeout(120)
class ConcurrentClientsTest {

    private static final int CLIENTS = 8;

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void of_one_agreement_and_of_many(TestDatabase database) throws Exception {
        ask(database.fresh(folder), 1);
    }

    /** A reader of one node sees what another one acknowledged. */
    @Test
    void of_two_nodes() throws Exception {
        ask(TestDatabase.POSTGRESQL.fresh(folder), 2);
    }

    private void ask(Location location, int nodes) throws Exception {
        Journal journal = new Journal();
        List<Doors> doors = new ArrayList<>();
        try {
            for (int i = 0; i < nodes; i++) {
                doors.add(Doors.to(LedgerNode.open(location, Clock.systemUTC())));
            }
            List<URI> servers = doors.stream().map(door -> door.server().address()).toList();
            try (Clients clients = new Clients(servers, journal, 0)) {
                clients.run(CLIENTS, 15, 1, List.of("alone"));
            }
            try (Clients clients = new Clients(servers, journal, 0)) {
                clients.run(CLIENTS, 25, 2, Faults.agreements(5));
            }
            new Aftermath(journal).check(servers.getFirst());
        } finally {
            doors.forEach(door -> door.server().close());
        }
        assertThat(journal.failures()).isEmpty();
        assertThat(journal.calls()).hasSize(6);
        assertThat(journal.calls().get("alone")).hasSize(15 * CLIENTS);
        assertThat(journal.calls().get("alone"))
                .anySatisfy(call -> assertThat(call.answer()).isEqualTo(new Refused(412)));
    }
}
