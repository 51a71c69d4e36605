package org.agreementledger.axonserver;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.ImportedFrom;
import org.agreementledger.axon.Submission;
import org.agreementledger.axon.Submission.RequestKey;
import org.agreementledger.json.EntryJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A submission on its way to the node that decides on it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Sent(
        Map<String, Object> entry,
        @Nullable Integer expectedSequence,
        String actor,
        String issuer,
        @Nullable String key,
        @Nullable String digest,
        @Nullable String importedFrom) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<Sent>> MANY = new TypeReference<>() {};

    static String text(List<Submission> submissions) {
        return JSON.writeValueAsString(submissions.stream().map(Sent::of).toList());
    }

    static List<Submission> read(String text) {
        return JSON.readValue(text, MANY).stream().map(Sent::submission).toList();
    }

    private static Sent of(Submission submission) {
        RequestKey request = submission.request();
        ImportedFrom from = submission.importedFrom();
        return new Sent(
                EntryJson.write(submission.command().entry()),
                submission.command().expectedSequence(),
                submission.by().id(),
                submission.by().issuer(),
                request == null ? null : request.key(),
                request == null ? null : request.digest(),
                from == null ? null : from.text());
    }

    private Submission submission() {
        return new Submission(
                new RecordEntry(EntryJson.stored(entry), expectedSequence),
                new Actor(actor, issuer),
                key == null || digest == null ? null : new RequestKey(key, digest),
                importedFrom == null ? null : ImportedFrom.read(importedFrom));
    }
}
