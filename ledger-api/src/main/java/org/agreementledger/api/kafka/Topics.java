package org.agreementledger.api.kafka;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics that are not there yet, with the partitions and copies the brokers give. */
final class Topics {

    private Topics() {}

    static void create(KafkaTopic topic) {
        try (Admin admin = Admin.create(topic.ofClient())) {
            Set<String> names = admin.listTopics().names().get();
            List<NewTopic> missing =
                    List.of(entries(topic), positions(topic)).stream()
                            .filter(it -> !names.contains(it.name()))
                            .toList();
            if (!missing.isEmpty()) {
                admin.createTopics(missing).all().get();
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case TopicExistsException _ -> {} // Another node was quicker.
                case KafkaException cause -> throw cause;
                default -> throw new KafkaException(e.getCause());
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static NewTopic entries(KafkaTopic topic) {
        return new NewTopic(topic.name(), Optional.empty(), Optional.empty())
                .configs(
                        Map.of(
                                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                                Integer.toString(KafkaTopic.BYTES_MAX)));
    }

    /** One partition, of which only the last record for each ledger has to be kept. */
    private static NewTopic positions(KafkaTopic topic) {
        return new NewTopic(topic.positions(), Optional.of(1), Optional.empty())
                .configs(
                        Map.of(
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                TopicConfig.CLEANUP_POLICY_COMPACT,
                                TopicConfig.SEGMENT_BYTES_CONFIG,
                                Integer.toString(1 << 20),
                                TopicConfig.COMPRESSION_TYPE_CONFIG,
                                "uncompressed"));
    }
}
