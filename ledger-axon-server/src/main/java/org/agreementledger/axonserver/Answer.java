package org.agreementledger.axonserver;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Refused;
import org.agreementledger.agreement.Rule;
import org.agreementledger.axon.Backend.Recorder;
import org.agreementledger.axon.InProgress;
import org.agreementledger.axon.Ledger.RefusedAt;
import org.agreementledger.axon.NotDurable;
import org.agreementledger.axon.ReadOnly;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.axon.Unconfirmed;
import tools.jackson.databind.json.JsonMapper;

/** What came of submissions, on its way back from the node that decided on them. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "answer")
@JsonSubTypes({
    @Type(value = Answer.Recorded.class, name = "recorded"),
    @Type(value = Answer.ByRule.class, name = "refused"),
    @Type(value = Answer.UnderWay.class, name = "in-progress"),
    @Type(value = Answer.Closed.class, name = "read-only"),
    @Type(value = Answer.DiskFailed.class, name = "not-durable"),
    @Type(value = Answer.Unknown.class, name = "unconfirmed")
})
sealed interface Answer {

    JsonMapper JSON = JsonMapper.builder().build();

    /** Whatever is thrown besides what is said here is an error of that node. */
    static Answer of(Recorder here, List<Submission> submissions) {
        try {
            return new Recorded(here.recordAll(submissions).stream().map(Written::of).toList());
        } catch (RefusedAt e) {
            Refused refused = e.refused();
            return new ByRule(e.index(), refused.rule(), message(refused), refused.pointer());
        } catch (InProgress e) {
            return new UnderWay(e.key());
        } catch (ReadOnly e) {
            return new Closed(message(e));
        } catch (NotDurable e) {
            return new DiskFailed(e.reason());
        } catch (Unconfirmed e) {
            return new Unknown(e.reason());
        }
    }

    private static String message(RuntimeException e) {
        return String.valueOf(e.getMessage());
    }

    static Answer read(String text) {
        return JSON.readValue(text, Answer.class);
    }

    default String text() {
        return JSON.writeValueAsString(this);
    }

    /** As on the spot: the receipts, or what was thrown. */
    List<Receipt> receipts();

    record Recorded(List<Written> written) implements Answer {
        @Override
        public List<Receipt> receipts() {
            return written.stream().map(Written::receipt).toList();
        }
    }

    record Written(String eventId, String agreementId, int sequence, boolean repeated) {
        static Written of(Receipt receipt) {
            return new Written(
                    receipt.eventId(),
                    receipt.agreementId().value(),
                    receipt.sequence(),
                    receipt.repeated());
        }

        Receipt receipt() {
            return new Receipt(eventId, new AgreementId(agreementId), sequence, repeated);
        }
    }

    record ByRule(int index, Rule rule, String message, String pointer) implements Answer {
        @Override
        public List<Receipt> receipts() {
            throw new RefusedAt(index, new Refused(rule, message, pointer));
        }
    }

    record UnderWay(String key) implements Answer {
        @Override
        public List<Receipt> receipts() {
            throw new InProgress(key);
        }
    }

    record Closed(String why) implements Answer {
        @Override
        public List<Receipt> receipts() {
            throw new ReadOnly(why);
        }
    }

    record DiskFailed(String reason) implements Answer {
        @Override
        public List<Receipt> receipts() {
            throw new NotDurable(reason, new IllegalStateException("at another node"));
        }
    }

    record Unknown(String reason) implements Answer {
        @Override
        public List<Receipt> receipts() {
            throw new Unconfirmed(reason, new IllegalStateException("at another node"));
        }
    }
}
