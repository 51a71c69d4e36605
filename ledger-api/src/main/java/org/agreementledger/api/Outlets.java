package org.agreementledger.api;

import java.util.List;
import org.agreementledger.api.http.Origins;
import org.agreementledger.api.kafka.KafkaTopic;
import org.agreementledger.api.witness.Witnessing;
import org.agreementledger.webhooks.AddressRules;
import org.jspecify.annotations.Nullable;

/**
 * Where else what is recorded may go, besides to who asks.
 *
 * @param origins whose pages may read
 * @param kafka where entries are sent; null for nowhere
 * @param webhooks to which addresses receivers of webhooks may lead
 * @param witnessing who watches over whom
 */
public record Outlets(
        Origins origins, @Nullable KafkaTopic kafka, AddressRules webhooks, Witnessing witnessing) {

    /** Nowhere, but to receivers of webhooks at public addresses. */
    public static final Outlets NONE =
            new Outlets(Origins.NONE, null, new AddressRules(List.of()), Witnessing.NOBODY);

    public Outlets withOrigins(Origins others) {
        return new Outlets(others, kafka, webhooks, witnessing);
    }

    public Outlets withKafka(@Nullable KafkaTopic topic) {
        return new Outlets(origins, topic, webhooks, witnessing);
    }

    public Outlets withWebhooks(AddressRules rules) {
        return new Outlets(origins, kafka, rules, witnessing);
    }

    public Outlets withWitnessing(Witnessing other) {
        return new Outlets(origins, kafka, webhooks, other);
    }
}
