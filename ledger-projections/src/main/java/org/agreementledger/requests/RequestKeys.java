package org.agreementledger.requests;

import java.util.Optional;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Requests;
import org.agreementledger.axon.Submission.RequestKey;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of answered requests; a row is written in the transaction of the event it names. */
public final class RequestKeys implements Requests {

    private final JdbcClient jdbc;

    public RequestKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Answered> find(Actor by, String key) {
        return jdbc.sql(
                        """
                        select digest, event_id, agreement_id, sequence
                        from request_key
                        where actor = :actor and issuer = :issuer and request_key = :key
                        """)
                .param("actor", by.id())
                .param("issuer", by.issuer())
                .param("key", key)
                .query((row, _) ->
                        new Answered(
                                row.getString("digest"),
                                new Receipt(
                                        row.getString("event_id"),
                                        new AgreementId(row.getString("agreement_id")),
                                        row.getInt("sequence"),
                                        false)))
                .optional();
    }

    @Override
    public void remember(Actor by, RequestKey request, Receipt receipt) {
        jdbc.sql(
                        """
                        insert into request_key (actor, issuer, request_key, digest, event_id, agreement_id, sequence)
                        values (:actor, :issuer, :key, :digest, :eventId, :agreementId, :sequence)
                        """)
                .param("actor", by.id())
                .param("issuer", by.issuer())
                .param("key", request.key())
                .param("digest", request.digest())
                .param("eventId", receipt.eventId())
                .param("agreementId", receipt.agreementId().value())
                .param("sequence", receipt.sequence())
                .update();
    }
}
