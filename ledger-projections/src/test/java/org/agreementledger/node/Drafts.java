package org.agreementledger.node;

import java.util.List;
import java.util.Map;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Submission;
import org.agreementledger.axon.Submission.RequestKey;
import org.agreementledger.json.EntryJson;

/** Submissions for tests of storing, where what an entry says matters little. */
public final class Drafts {

    public static final Actor ADA = Actor.local("ada");

    private Drafts() {}

    public static Submission opening(String agreementId) {
        return submission(
                Map.of(
                        "kind",
                        "opening",
                        "agreementId",
                        agreementId,
                        "occurredOn",
                        "2021-01-01",
                        "title",
                        "The agreement " + agreementId,
                        "parties",
                        List.of(
                                Map.of("id", "one", "name", "One Ltd"),
                                Map.of("id", "two", "name", "Two Ltd")),
                        "terms",
                        List.of(
                                Map.of(
                                        "action", "introduce",
                                        "key", "cloud.exclusivity",
                                        "statement", "Exclusive."))));
    }

    public static Submission announcement(String agreementId, String title) {
        return submission(
                Map.of(
                        "kind",
                        "announcement",
                        "agreementId",
                        agreementId,
                        "occurredOn",
                        "2022-02-02",
                        "title",
                        title,
                        "speakers",
                        List.of(Map.of("id", "one", "name", "One Ltd")),
                        "terms",
                        List.of(
                                Map.of(
                                        "action", "reaffirm",
                                        "key", "cloud.exclusivity"))));
    }

    /** Refused unless the agreement holds no such term. */
    public static Submission introduction(String agreementId, String key) {
        return submission(
                Map.of(
                        "kind", "amendment",
                        "agreementId", agreementId,
                        "occurredOn", "2022-03-03",
                        "title", "A term more",
                        "terms",
                                List.of(
                                        Map.of(
                                                "action", "introduce",
                                                "key", key,
                                                "statement", "It holds."))));
    }

    public static Submission submission(Map<String, Object> tree) {
        Entry entry = EntryJson.submitted(tree, (AgreementId) null);
        return new Submission(new RecordEntry(entry, null), ADA, null);
    }

    public static Submission under(RequestKey request, Submission submission) {
        return new Submission(submission.command(), submission.by(), request);
    }

    public static Submission expecting(int sequence, Submission submission) {
        return new Submission(
                new RecordEntry(submission.command().entry(), sequence),
                submission.by(),
                submission.request());
    }
}
