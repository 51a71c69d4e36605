/** Sends every entry to a Kafka topic, each once and in order, for those who run one. */
@NullMarked
package org.agreementledger.api.kafka;

import org.jspecify.annotations.NullMarked;
