package org.agreementledger.webhooks;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** One request to a receiver, signed. */
public record Message(URI url, Map<String, String> headers, byte[] body) {

    /**
     * @param id the same for every attempt, so that a receiver knows what it has seen
     * @param body of JSON
     */
    static Message signed(Webhook to, String id, Instant at, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(at.getEpochSecond()));
        headers.put("webhook-signature", to.secrets().sign(id, at, body));
        return new Message(to.url(), headers, body);
    }
}
