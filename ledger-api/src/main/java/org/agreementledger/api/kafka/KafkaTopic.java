package org.agreementledger.api.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * A topic that entries are sent to, and beside it one for the position that was reached.
 *
 * @param servers some of the brokers, {@code host:port}, apart by commas
 * @param properties of the client library, for access and encryption; what makes each entry arrive
 *     once is not theirs to say
 */
public record KafkaTopic(String servers, String name, Map<String, String> properties) {

    private static final Pattern SERVERS =
            Pattern.compile("[^\\s,:]+:\\d{1,5}(,[^\\s,:]+:\\d{1,5})*");

    /** Kafka allows 249 characters, and ours for the position takes some. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-][a-zA-Z0-9._-]{0,199}");

    /** An entry is at most 1 MB, and what was found about it may say its words again. */
    static final int BYTES_MAX = 8 << 20;

    /**
     * @throws IllegalArgumentException for servers or a name that cannot be
     */
    public KafkaTopic {
        if (!SERVERS.matcher(servers).matches()) {
            throw new IllegalArgumentException(
                    "'" + servers + "' names no brokers; write host:port,host:port");
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'"
                            + name
                            + "' is not the name of a topic; write up to 200 letters, digits, hyphens, dots and underscores");
        }
    }

    /** Holds the last record's position for each ledger that sends here. */
    String positions() {
        return name + ".positions";
    }

    /** Of the writer of one ledger; a second one under that name fences the first. */
    Map<String, Object> ofProducer(String ledger) {
        Map<String, Object> config = ofClient();
        config.put(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG, "agreement-ledger." + name + "." + ledger);
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, BYTES_MAX);
        return config;
    }

    Map<String, Object> ofConsumer() {
        Map<String, Object> config = ofClient();
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return config;
    }

    /** It waits for a broker no longer than that, so that whoever ends the server need not. */
    Map<String, Object> ofClient() {
        Map<String, Object> config = new HashMap<>();
        config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        config.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        config.putAll(properties);
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
        return config;
    }

    /** Without the properties, which may hold passwords. */
    @Override
    public String toString() {
        return name + " at " + servers;
    }
}
