package org.agreementledger.axonserver;

import org.agreementledger.agreement.AgreementId;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Requests;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request that was answered, as the one event of an aggregate of its own. Stored for ever: fields
 * may be added, none renamed.
 */
record RequestAnswered(
        String actor,
        String issuer,
        String key,
        String digest,
        String eventId,
        String agreementId,
        int sequence) {

    /** The name it is stored under: not its class name, so that the class can move. */
    static final String TYPE = "RequestAnswered";

    static final String REVISION = "1";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static RequestAnswered read(String text) {
        return JSON.readValue(text, RequestAnswered.class);
    }

    String text() {
        return JSON.writeValueAsString(this);
    }

    Requests.Answered answered() {
        return new Requests.Answered(
                digest, new Receipt(eventId, new AgreementId(agreementId), sequence, false));
    }
}
