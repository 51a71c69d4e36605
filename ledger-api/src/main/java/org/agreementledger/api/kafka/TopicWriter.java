package org.agreementledger.api.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.agreementledger.api.feed.EntryEvent;
import org.agreementledger.entries.EntryAnswer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The one writer of a ledger's entries to a topic. Each batch is a transaction with the position it
 * reaches. After any failure it is thrown away, and the next one starts from what the topic holds:
 * whether a commit came through is not for its caller to guess.
 */
final class TopicWriter implements AutoCloseable {

    /**
     * The whole event is the value (structured mode): it is one document, the same as in a batch of
     * the feed, and stays whole where connectors and mirrors drop headers.
     */
    private static final byte[] STRUCTURED =
            "application/cloudevents+json; charset=UTF-8".getBytes(StandardCharsets.US_ASCII);

    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    private final KafkaTopic topic;
    private final String ledger;
    private final Positions positions;
    private final KafkaProducer<String, byte[]> producer;
    private final Reached start;

    private TopicWriter(
            KafkaTopic topic,
            String ledger,
            KafkaProducer<String, byte[]> producer,
            Positions positions) {
        this.topic = topic;
        this.ledger = ledger;
        this.producer = producer;
        this.positions = positions;
        producer.initTransactions();
        this.start = positions.read();
    }

    /** From now on an earlier writer of that ledger can commit nothing more. */
    static TopicWriter open(KafkaTopic topic, String ledger) {
        Topics.create(topic);
        KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        topic.ofProducer(ledger),
                        new StringSerializer(),
                        new ByteArraySerializer());
        try {
            return new TopicWriter(topic, ledger, producer, new Positions(topic, ledger));
        } catch (RuntimeException | LinkageError e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /** How far the topic went when this writer took over. */
    Reached start() {
        return start;
    }

    void write(List<EntryAnswer> entries) {
        send(entries);
        commit();
    }

    /** Seen by who reads what is committed only after a commit. */
    void send(List<EntryAnswer> entries) {
        producer.beginTransaction();
        for (EntryAnswer entry : entries) {
            ProducerRecord<String, byte[]> record =
                    new ProducerRecord<>(
                            topic.name(), entry.agreementId(), EntryEvent.of(entry, ledger).json());
            record.headers().add("content-type", STRUCTURED);
            producer.send(record);
        }
        EntryAnswer last = entries.getLast();
        producer.send(
                positions.record(
                        new Reached(
                                Objects.requireNonNull(last.position()),
                                Objects.requireNonNull(last.eventId()))));
    }

    void commit() {
        producer.commitTransaction();
    }

    /** As a process that is killed: what it has sent is left as it is. */
    void abandon() {
        producer.close(Duration.ZERO);
    }

    @Override
    public void close() {
        producer.close(CLOSE_MAX);
    }
}
