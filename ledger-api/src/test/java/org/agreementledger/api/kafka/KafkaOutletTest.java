package org.agreementledger.api.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.RandomHistory;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.api.Outlets;
import org.agreementledger.api.kafka.KafkaOutlet.Pace;
import org.agreementledger.api.kafka.KafkaOutlet.State;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Submission;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.entries.EntryFilter;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What arrives at a real broker, whatever happens on the way. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class KafkaOutletTest {

    private static final Pace QUICK =
            new Pace(
                    Duration.ofMillis(100),
                    Duration.ofMillis(500),
                    Duration.ofMillis(100),
                    Duration.ofMillis(700));
    private static final JsonMapper JSON = new JsonMapper();
    private static final EmbeddedKafkaKraftBroker BROKER = new EmbeddedKafkaKraftBroker(1, 3);

    @TempDir static Path folder;

    private static LedgerNode node;
    private KafkaTopic topic;

    @BeforeAll
    static void open() {
        BROKER.brokerProperty("transaction.state.log.replication.factor", "1");
        BROKER.brokerProperty("transaction.state.log.min.isr", "1");
        BROKER.afterPropertiesSet();
        node = LedgerNode.open(TestDatabase.freshIn(folder.resolve("ledger")), Clock.systemUTC());
        for (int i = 0; i < 5; i++) {
            record();
        }
    }

    @AfterAll
    static void close() {
        node.close();
        BROKER.destroy();
    }

    @BeforeEach
    void ownTopic(TestInfo test) {
        topic = topic(test.getTestMethod().orElseThrow().getName());
    }

    private static KafkaTopic topic(String name) {
        return new KafkaTopic(
                BROKER.getBrokersAsString(), name, Map.of("reconnect.backoff.max.ms", "200"));
    }

    private static final AtomicInteger AGREEMENTS = new AtomicInteger();

    /** Some dozens of entries of an agreement that is not there yet. */
    private static void record() {
        int number = AGREEMENTS.incrementAndGet();
        List<Submission> submissions =
                RandomHistory.of(number, new AgreementId("agreement-" + number), 60)
                        .entries()
                        .stream()
                        .map(entry ->
                                new Submission(
                                        new RecordEntry(entry, null), Actor.local("ada"), null))
                        .toList();
        assertThat(
                        node.readModels()
                                .await(
                                        node.ledger().recordAll(submissions),
                                        Duration.ofSeconds(60)))
                .isTrue();
    }

    private KafkaOutlet started() {
        KafkaOutlet outlet = new KafkaOutlet(node, topic, QUICK);
        outlet.start();
        return outlet;
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    // ---- what a reader of the topic sees

    private List<ConsumerRecord<String, String>> committed() {
        return read("read_committed");
    }

    private List<ConsumerRecord<String, String>> read(String isolation) {
        Map<String, Object> config = new HashMap<>(topic.ofConsumer());
        config.put("isolation.level", isolation);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic.name()).stream()
                            .map(it -> new TopicPartition(topic.name(), it.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    private static long position(ConsumerRecord<String, String> record) {
        return Long.parseLong(JSON.readTree(record.value()).get("sequence").asString());
    }

    /** Every position up to the newest, and of each agreement in the order of the log. */
    private void assertEachEntryOnceAndInOrder() {
        List<ConsumerRecord<String, String>> records = committed();
        assertThat(records.stream().map(KafkaOutletTest::position).sorted().toList())
                .isEqualTo(LongStream.rangeClosed(0, node.log().newest()).boxed().toList());
        Map<String, List<Long>> byKey = new HashMap<>();
        records.forEach(
                it -> byKey.computeIfAbsent(it.key(), _ -> new ArrayList<>()).add(position(it)));
        assertThat(byKey)
                .hasSizeGreaterThan(3)
                .allSatisfy((_, positions) -> assertThat(positions).isSorted());
        assertThat(records.stream().map(ConsumerRecord::partition).distinct().count())
                .isGreaterThan(1);
    }

    // ---- the laws

    @Test
    void every_entry_arrives_once_and_those_of_an_agreement_in_order() {
        try (KafkaOutlet outlet = started()) {
            await(() -> outlet.lag() == 0);
            record();
            await(() -> outlet.lag() == 0);
            assertThat(outlet.state()).isEqualTo(State.SENDING);
        }
        assertEachEntryOnceAndInOrder();
    }

    @Test
    void an_entry_is_a_cloud_event_as_it_was_recorded() {
        try (KafkaOutlet outlet = started()) {
            await(() -> outlet.lag() == 0);
        }
        String ledger = node.log().at(0).orElseThrow().eventId();
        for (ConsumerRecord<String, String> record : committed()) {
            EntryAnswer entry = node.entries().at(position(record)).orElseThrow();
            JsonNode event = JSON.readTree(record.value());
            assertThat(
                            new String(
                                    record.headers().lastHeader("content-type").value(),
                                    StandardCharsets.US_ASCII))
                    .isEqualTo("application/cloudevents+json; charset=UTF-8");
            assertThat(record.key()).isEqualTo(entry.agreementId());
            assertThat(event.propertyNames())
                    .containsExactlyInAnyOrder(
                            "specversion",
                            "id",
                            "source",
                            "type",
                            "subject",
                            "time",
                            "datacontenttype",
                            "sequence",
                            "partitionkey",
                            "data");
            assertThat(event.get("specversion").asString()).isEqualTo("1.0");
            assertThat(event.get("id").asString()).isEqualTo(entry.eventId());
            assertThat(event.get("source").asString()).isEqualTo("urn:uuid:" + ledger);
            assertThat(event.get("type").asString())
                    .isEqualTo("org.agreementledger.entry." + entry.kind());
            assertThat(event.get("subject").asString()).isEqualTo(entry.agreementId());
            assertThat(event.get("partitionkey").asString()).isEqualTo(entry.agreementId());
            assertThat(event.get("time").asString()).matches("\\d{4}-.+\\.\\d{3}Z");
            assertThat(event.get("data").get("entry")).isEqualTo(JSON.valueToTree(entry.entry()));
            assertThat(event.get("data").propertyNames())
                    .contains("effect", "verdicts", "salt")
                    .doesNotContain("correctedBy", "withdrawnBy", "confirmedBy");
        }
    }

    @Test
    void ended_and_started_again_at_any_moment_it_neither_loses_nor_repeats() {
        Random random = new Random(1);
        for (int i = 0; i < 4; i++) {
            try (KafkaOutlet outlet = started()) {
                long some = Math.min(node.log().newest(), outlet.position() + random.nextInt(300));
                await(() -> outlet.position() >= some);
            }
            record();
        }
        try (KafkaOutlet outlet = started()) {
            await(() -> outlet.lag() == 0);
        }
        assertEachEntryOnceAndInOrder();
    }

    @Test
    void what_was_sent_by_a_writer_that_died_before_its_commit_is_sent_again_and_seen_once() {
        String ledger = node.log().at(0).orElseThrow().eventId();
        TopicWriter dies = TopicWriter.open(topic, ledger);
        dies.write(entries(-1, 20));
        dies.send(entries(19, 30));
        await(() -> read("read_uncommitted").size() == 50);
        dies.abandon();

        try (KafkaOutlet outlet = started()) {
            await(() -> outlet.lag() == 0);
        }

        assertThat(read("read_uncommitted").size()).isEqualTo(node.log().newest() + 1 + 30);
        assertEachEntryOnceAndInOrder();
    }

    @Test
    void what_was_committed_by_a_writer_that_died_before_it_knew_is_not_sent_again() {
        String ledger = node.log().at(0).orElseThrow().eventId();
        TopicWriter dies = TopicWriter.open(topic, ledger);
        dies.write(entries(-1, 20));
        dies.abandon();

        try (TopicWriter next = TopicWriter.open(topic, ledger)) {
            assertThat(next.start().position()).isEqualTo(19);
            next.write(entries(19, 1000));
        }
        assertEachEntryOnceAndInOrder();
    }

    private static List<EntryAnswer> entries(long after, int count) {
        return node.entries().page(EntryFilter.ANY, after, count).items();
    }

    @Test
    void of_two_nodes_the_later_sends_and_the_other_takes_over_when_it_is_gone() {
        try (KafkaOutlet one = started()) {
            await(() -> one.lag() == 0);
            KafkaOutlet two = started();
            await(() -> two.lag() == 0 && two.state() == State.SENDING);
            record();
            await(() -> two.lag() == 0);
            await(() -> one.state() == State.STANDING_BY);
            assertThat(two.state()).isEqualTo(State.SENDING);
            two.close();

            record();
            await(() -> one.lag() == 0);
            assertThat(one.state()).isEqualTo(State.SENDING);
        }
        assertEachEntryOnceAndInOrder();
    }

    @Test
    void a_writer_that_was_fenced_commits_nothing_more() {
        String ledger = node.log().at(0).orElseThrow().eventId();
        try (TopicWriter late = TopicWriter.open(topic, ledger)) {
            late.send(entries(-1, 10));
            try (TopicWriter next = TopicWriter.open(topic, ledger)) {
                next.write(entries(-1, 1000));
                assertThatThrownBy(late::commit).isInstanceOf(KafkaException.class);
            }
        }
        assertEachEntryOnceAndInOrder();
    }

    @Test
    void while_the_broker_is_away_the_ledger_goes_on_and_when_it_is_back_so_does_the_topic() {
        try (KafkaOutlet outlet = started()) {
            await(() -> outlet.lag() == 0);
            var broker = Objects.requireNonNull(BROKER.getCluster()).brokers().get(0);
            broker.shutdown();
            broker.awaitShutdown();
            record();
            assertThat(outlet.lag()).isPositive();
            broker.startup();
            await(() -> outlet.lag() == 0);
        }
        assertEachEntryOnceAndInOrder();
    }

    @Test
    void a_broker_that_is_not_there_yet_is_told_in_the_health_of_a_ledger_that_is_well() {
        KafkaTopic nowhere =
                new KafkaTopic(
                        "127.0.0.1:1",
                        "nowhere",
                        Map.of("default.api.timeout.ms", "1000", "request.timeout.ms", "500"));
        Doors doors =
                Doors.to(
                        LedgerNode.open(
                                TestDatabase.freshIn(folder.resolve("served")), Clock.systemUTC()),
                        Outlets.NONE.withKafka(nowhere));
        try (var server = doors.server()) {
            assertThat(doors.post("/v1/agreements", Doors.opening("acme-globex")).status())
                    .isEqualTo(201);
            await(() -> doors.get("/actuator/health").body().contains("\"failure\""));
            Answer health = doors.get("/actuator/health");
            assertThat(health.status()).isEqualTo(200);
            JsonNode kafka = JSON.readTree(health.body()).at("/components/kafka/details");
            assertThat(kafka.get("state").asString()).isEqualTo("retrying");
            assertThat(kafka.get("lag").asInt()).isEqualTo(1);
            assertThat(kafka.get("topic").asString()).isEqualTo("nowhere");
            assertThat(doors.get("/actuator/prometheus").body())
                    .contains("ledger_kafka_lag 1.0", "ledger_kafka_position -1.0");
            assertThat(server.port()).isPositive();
        }
    }

    @Test
    void a_ledger_that_is_not_the_one_in_the_topic_sends_nothing() {
        String ledger = node.log().at(0).orElseThrow().eventId();
        try (TopicWriter writer = TopicWriter.open(topic, ledger)) {
            EntryAnswer last = entries(-1, 10).getLast();
            writer.write(List.of(elsewhere(last)));
        }
        try (KafkaOutlet outlet = started()) {
            await(() -> outlet.failure().isPresent());
            assertThat(outlet.failure().orElseThrow())
                    .hasMessageContaining("position 9")
                    .hasMessageContaining("older backup");
        }
        assertThat(committed()).hasSize(1);
    }

    /** The same place in the log, but another event. */
    private static EntryAnswer elsewhere(EntryAnswer entry) {
        return new EntryAnswer(
                entry.agreementId(),
                entry.sequence(),
                entry.position(),
                "another",
                entry.kind(),
                entry.recordedAt(),
                entry.recordedBy(),
                entry.importedFrom(),
                entry.occurredOn(),
                entry.title(),
                entry.standing(),
                entry.effect(),
                entry.fingerprintBefore(),
                entry.fingerprintAfter(),
                entry.verdicts(),
                null,
                null,
                null,
                entry.entry(),
                entry.salt(),
                null);
    }

    @Test
    void what_can_be_no_topic_is_refused() {
        for (String servers : List.of("", "kafka", "kafka:x", "a:1,,b:2", "a:1 b:2")) {
            assertThatThrownBy(() -> new KafkaTopic(servers, "entries", Map.of()))
                    .hasMessageContaining("'" + servers + "'");
        }
        for (String name : List.of("", "..", "a b", "é", "x".repeat(201))) {
            assertThatThrownBy(() -> new KafkaTopic("a:1", name, Map.of()))
                    .hasMessageContaining("'" + name + "'");
        }
    }
}
