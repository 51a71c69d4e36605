package org.agreementledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.axon.StandIn;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The doors and the commands of a ledger whose events are where something stands in for Axon
 * Server.
 */
@Tag("axon-server")
@Timeout(120)
class AxonServerServedTest {

    private static final String ANNOUNCEMENT =
            """
            {'kind': 'announcement', 'title': 'A claim', 'occurredOn': '2024-05-05',
             'speakers': [{'id': 'acme', 'name': 'Acme'}], 'terms': [{'action': 'reaffirm', 'key': 'price.unit'}]}
            """;
    private static final String REFUSED =
            """
            {'kind': 'amendment', 'title': 'No', 'occurredOn': '2024-05-05',
             'terms': [{'action': 'introduce', 'key': 'price.unit', 'statement': 'Again.'}]}
            """;

    @TempDir Path data;

    private final StandIn server = StandIn.start();

    @AfterEach
    void close() {
        server.close();
    }

    private Doors serve() {
        return Doors.to(
                LedgerNode.open(new Location(data, null, server.address()), Clock.systemUTC()));
    }

    private Shell.Output command(String... line) {
        return new Shell(data).run(line);
    }

    @Test
    void what_comes_in_over_http_is_recorded_proved_and_read_as_ever() {
        Doors doors = serve();
        try (var _ = doors.server()) {
            String id = doors.opened();
            String entries = "/v1/agreements/" + id + "/entries";
            Answer first = doors.post(entries, ANNOUNCEMENT, "Idempotency-Key", "once");
            Answer again = doors.post(entries, ANNOUNCEMENT, "Idempotency-Key", "once");
            Answer refused = doors.post(entries, REFUSED);

            assertThat(first.status()).isEqualTo(201);
            assertThat(first.json()).containsEntry("position", 1).containsEntry("sequence", 2);
            assertThat(again.json()).isEqualTo(first.json());
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.json())
                    .containsEntry("type", "/problems/term-already-in-force")
                    .containsEntry("pointer", "/terms/0/key");
            assertThat(doors.get("/v1/log/inclusion?position=1&size=2").status()).isEqualTo(200);
            assertThat(doors.get("/actuator/health").json()).containsEntry("status", "UP");
        }
        assertThat(command("verify", "--json").isFine().json().get("events").asInt()).isEqualTo(2);
        command("replay", "--check").isFine();
    }

    @Test
    void a_write_that_nobody_confirms_is_a_problem_that_says_so() {
        Doors doors = serve();
        try (var _ = doors.server()) {
            String entries = "/v1/agreements/" + doors.opened() + "/entries";

            server.dieAfterNextAppend();
            Answer unconfirmed = doors.post(entries, ANNOUNCEMENT, "Idempotency-Key", "once");
            server.restart();
            Answer again = doors.post(entries, ANNOUNCEMENT, "Idempotency-Key", "once");
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while ((again.status() == 503 || again.status() == 409)
                    && System.nanoTime() < deadline) {
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                again = doors.post(entries, ANNOUNCEMENT, "Idempotency-Key", "once");
            }

            assertThat(unconfirmed.status()).isEqualTo(503);
            assertThat(unconfirmed.json()).containsEntry("type", "/problems/unconfirmed");
            assertThat(unconfirmed.body())
                    .contains("The event store did not confirm this (")
                    .doesNotContain("Exception");
            assertThat(again.status()).isEqualTo(201);
            assertThat(again.json()).containsEntry("sequence", 2);
            assertThat(doors.get(entries).items()).hasSize(2);
        }
    }

    @Test
    void commands_that_record_take_its_address_and_others_need_none() throws Exception {
        String address = server.address().addresses();
        Path config = Files.writeString(data.resolve("axon.properties"), "context=ledgers\n");
        Path opening =
                Files.writeString(data.resolve("opening.json"), Doors.opening("acme-globex"));

        command(
                        "import",
                        opening.toString(),
                        "--axon-server",
                        address,
                        "--axon-server-config",
                        config.toString())
                .isFine();

        assertThat(server.contexts()).containsExactly("ledgers");
        assertThat(command("agreements").isFine().out()).contains("acme-globex");
        command("rebuild").isFine();
        command("record", opening.toString())
                .refusedWith(3, "its events are in Axon Server", "--axon-server HOST:PORT");
        command("token", "create", "--name", "ada", "--role", "reader", "--axon-server", address)
                .isFine();
        command("backup", "--out", data.resolve("backup").toString()).isFine();
        Path copy = data.resolve("copy");
        command("replay", "--out", copy.toString()).isFine();
        assertThat(new Shell(copy).run("agreements").isFine().out()).contains("acme-globex");
        String bundle = data.resolve("bundle.zip").toString();
        command("export", "--bundle", bundle).isFine();
        command("verify", "--bundle", bundle).isFine();

        server.loseAll();
        command("serve", "--axon-server", address)
                .refusedWith(3, "is another one, or has lost events");
        server.close();
        command("serve", "--axon-server", address)
                .refusedWith(3, "Axon Server at " + address, "cannot be reached");
    }
}
