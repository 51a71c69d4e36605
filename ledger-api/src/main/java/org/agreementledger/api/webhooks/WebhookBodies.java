package org.agreementledger.api.webhooks;

import java.time.Instant;
import java.util.UUID;
import org.agreementledger.api.json.AnswerJson;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.webhooks.Deliverer;
import org.agreementledger.webhooks.Webhook;
import org.jspecify.annotations.Nullable;

/** The envelope that Standard Webhooks recommends, around an entry as it was recorded. */
final class WebhookBodies implements Deliverer.Bodies {

    /**
     * @param type says what {@code data} is
     * @param timestamp when that happened, not when it is sent
     */
    record Envelope(String type, @Nullable Instant timestamp, Object data) {}

    record Test(UUID webhookId) {}

    @Override
    public byte[] of(EntryAnswer entry) {
        return AnswerJson.AS_RECORDED.writeValueAsBytes(
                new Envelope("entry.recorded", entry.recordedAt(), entry));
    }

    @Override
    public byte[] ofTest(Webhook webhook, Instant now) {
        return AnswerJson.AS_RECORDED.writeValueAsBytes(
                new Envelope("webhook.test", now, new Test(webhook.id())));
    }
}
