package org.agreementledger.api.kafka;

import java.time.Duration;
import java.util.List;
import org.agreementledger.api.json.AnswerJson;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The position that was reached, as a record of its own in the transaction that reached it: so it
 * is there if and only if the entries are. It is not kept as the offset of a consumer group, which
 * brokers forget when nothing was recorded for a week.
 */
final class Positions {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaTopic topic;
    private final String ledger;

    Positions(KafkaTopic topic, String ledger) {
        this.topic = topic;
        this.ledger = ledger;
    }

    ProducerRecord<String, byte[]> record(Reached reached) {
        return new ProducerRecord<>(
                topic.positions(), 0, ledger, AnswerJson.MAPPER.writeValueAsBytes(reached));
    }

    /** As far as transactions have been committed. */
    Reached read() {
        TopicPartition partition = new TopicPartition(topic.positions(), 0);
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        topic.ofConsumer(),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            Reached reached = Reached.NOTHING;
            while (consumer.position(partition) < end) {
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException(
                            "The position that was reached cannot be read from "
                                    + topic.positions());
                }
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (record.key().equals(ledger)) {
                        reached = AnswerJson.MAPPER.readValue(record.value(), Reached.class);
                    }
                }
            }
            return reached;
        }
    }
}
