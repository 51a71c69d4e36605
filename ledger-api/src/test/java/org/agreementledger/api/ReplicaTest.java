package org.agreementledger.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.ReplicatedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** A node that answers from a replica of the database that another node writes to. */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplicaTest {

    private static ReplicatedPostgres databases;
    private static Doors primary;
    private static Doors replica;

    @BeforeAll
    static void open() throws Exception {
        databases = ReplicatedPostgres.start();
        assertThatIllegalStateException()
                .as("before its primary has the schema")
                .isThrownBy(() -> LedgerNode.open(databases.replica(), Clock.systemUTC()))
                .withMessageContaining("start this version at its primary first");
        primary = Doors.to(LedgerNode.open(databases.primary(), Clock.systemUTC()));
        primary.post("/v1/agreements", Doors.opening("acme-globex"));
        LedgerNode reading = awaitSchema();
        replica = Doors.to(reading);
    }

    /** The schema, too, comes when the replica gets to it. */
    private static LedgerNode awaitSchema() throws InterruptedException {
        while (true) {
            try {
                return LedgerNode.open(databases.replica(), Clock.systemUTC());
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining("has not the schema");
                Thread.onSpinWait();
            }
        }
    }

    @AfterAll
    static void close() throws Exception {
        for (Doors doors : new Doors[] {replica, primary}) {
            if (doors != null) {
                doors.server().close();
            }
        }
        if (databases != null) {
            databases.close();
        }
    }

    @Test
    @Order(1)
    void whoever_was_told_of_an_entry_by_the_primary_finds_it_at_the_replica() {
        for (int i = 0; i < 20; i++) {
            Answer told =
                    primary.post(
                            primary.entriesOf("acme-globex"),
                            Doors.announcement("acme-globex", "News " + i, "2024-04-01"));

            assertThat(replica.get(told.header("Location")).body()).isEqualTo(told.body());
            String terms =
                    "/v1/agreements/acme-globex?validOn=2024-04-01&knownAt=@"
                            + told.json().get("position");
            assertThat(replica.get(terms).body()).isEqualTo(primary.get(terms).body());
        }
    }

    @Test
    @Order(2)
    void what_is_on_its_way_is_waited_for() throws Exception {
        databases.pause();
        Answer told =
                primary.post(
                        primary.entriesOf("acme-globex"),
                        Doors.announcement("acme-globex", "Later", "2024-05-01"));
        CompletableFuture<Answer> asked =
                CompletableFuture.supplyAsync(() -> replica.get(told.header("Location")));
        boolean early = answersWithin(asked, 500);
        databases.resume();

        assertThat(early).isFalse();
        assertThat(asked.get(20, TimeUnit.SECONDS).body()).isEqualTo(told.body());
    }

    private static boolean answersWithin(CompletableFuture<Answer> asked, long milliseconds)
            throws Exception {
        try {
            asked.get(milliseconds, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        }
    }

    @Test
    @Order(3)
    void nothing_is_written_to_it() {
        Answer entry =
                replica.post(
                        replica.entriesOf("acme-globex"),
                        Doors.announcement("acme-globex", "Nowhere", "2024-06-01"));
        Answer token = replica.post("/v1/tokens", "{\"name\": \"eve\", \"role\": \"reader\"}");
        Answer webhook = replica.post("/v1/webhooks", "{\"url\": \"https://example.com/\"}");

        for (Answer answer : new Answer[] {entry, token, webhook}) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(403);
            assertThat(answer.json())
                    .containsEntry("type", "/problems/read-only")
                    .hasEntrySatisfying(
                            "detail",
                            detail ->
                                    assertThat(detail.toString())
                                            .contains("record at a node of its primary"));
        }
        assertThat(replica.get("/record").status()).isEqualTo(403);
        assertThat(primary.get("/v1/entries?q=Nowhere").items()).isEmpty();
    }

    @Test
    @Order(4)
    void its_search_and_its_health_are_its_own() {
        primary.post(
                primary.entriesOf("acme-globex"),
                Doors.announcement("acme-globex", "Findable", "2024-07-01"));
        replica.get("/v1/agreements/acme-globex?knownAt=@" + (newest(primary) - 1));

        assertThat(replica.get("/v1/entries?q=Findable").items()).hasSize(1);
        assertThat(details(replica)).containsEntry("replica", true);
        assertThat(replica.get("/actuator/health").status()).isEqualTo(200);
    }

    private static int newest(Doors doors) {
        return primary.get("/v1/entries?limit=1000").items().size();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> details(Doors doors) {
        Map<String, Object> components =
                (Map<String, Object>) doors.get("/actuator/health").json().get("components");
        return (Map<String, Object>)
                ((Map<String, Object>) components.get("ledger")).get("details");
    }

    @Test
    @Order(5)
    void once_it_is_promoted_its_node_asks_to_be_started_again() throws Exception {
        databases.promote();

        assertThat(replica.get("/actuator/health").status()).isEqualTo(503);
        assertThat(details(replica).get("failure").toString()).contains("start this node again");
        assertThat(replica.get("/v1/agreements/acme-globex").status()).isEqualTo(200);
    }
}
