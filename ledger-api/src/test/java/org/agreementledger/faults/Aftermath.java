package org.agreementledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agreementledger.cli.LedgerCommand;
import org.agreementledger.faults.Journal.Acknowledged;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What has to hold of a ledger whatever has happened to it, by what its clients noted. */
final class Aftermath {

    private static final JsonMapper JSON = new JsonMapper();

    private final Journal journal;
    private int askedFor;
    private int missing;
    private int twice;

    Aftermath(Journal journal) {
        this.journal = journal;
    }

    Journal journal() {
        return journal;
    }

    /** How many were acknowledged, and not there as they were answered, so far. */
    int missing() {
        return missing;
    }

    /** How many were there again, so far. */
    int twice() {
        return twice;
    }

    /**
     * What was not settled is settled first. Then: every entry that was acknowledged is there as it
     * was answered, also by its Location; nothing is there twice; positions have no gap, sequences
     * neither, record time never decreases; every answer fits into one order of calls.
     */
    void check(URI server) throws IOException, InterruptedException {
        journal.settle(server);
        List<Acknowledged> acknowledged = journal.acknowledged();
        try (HttpClient http = HttpClient.newHttpClient()) {
            List<JsonNode> stored =
                    get(http, server.resolve("/v1/entries"), "application/x-ndjson")
                            .lines()
                            .map(JSON::readTree)
                            .toList();
            twice += twice(stored);
            missing += missing(acknowledged, stored);
            assertGapless(stored);
            for (Acknowledged write : acknowledged.subList(askedFor, acknowledged.size())) {
                String there = get(http, server.resolve(write.location()), "application/json");
                missing += JSON.readTree(there).equals(JSON.readTree(write.body())) ? 0 : 1;
            }
        }
        assertThat(missing).as("missing").isZero();
        assertThat(twice).as("twice").isZero();
        askedFor = acknowledged.size();
        assertPositionsFollowTime(acknowledged);
        journal.calls()
                .forEach((agreement, calls) ->
                        assertThat(Linearizability.violation(new AgreementModel(), calls))
                                .as(agreement)
                                .isEmpty());
    }

    private static void assertGapless(List<JsonNode> stored) {
        Map<String, Integer> sequences = new HashMap<>();
        String before = "";
        for (int position = 0; position < stored.size(); position++) {
            JsonNode entry = stored.get(position);
            assertThat(entry.get("position").asInt()).isEqualTo(position);
            assertThat(entry.get("sequence").asInt())
                    .isEqualTo(
                            sequences.merge(entry.get("agreementId").asString(), 1, Integer::sum));
            assertThat(entry.get("recordedAt").asString()).isGreaterThanOrEqualTo(before);
            before = entry.get("recordedAt").asString();
        }
    }

    /** Each write has a title of its own. */
    private static int twice(List<JsonNode> stored) {
        Set<String> titles = new HashSet<>();
        stored.forEach(entry -> titles.add(entry.get("title").asString()));
        return stored.size() - titles.size();
    }

    private static int missing(List<Acknowledged> acknowledged, List<JsonNode> stored) {
        int missing = 0;
        for (Acknowledged write : acknowledged) {
            JsonNode answered = JSON.readTree(write.body());
            int position = answered.get("position").asInt();
            if (position >= stored.size() || !stored.get(position).equals(answered)) {
                missing++;
            }
        }
        return missing;
    }

    /** What was answered before another write began stands before it. */
    private static void assertPositionsFollowTime(List<Acknowledged> acknowledged) {
        record Placed(long began, long ended, int position) {}
        List<Placed> placed =
                acknowledged.stream()
                        .map(write ->
                                new Placed(
                                        write.began(),
                                        write.ended(),
                                        JSON.readTree(write.body()).get("position").asInt()))
                        .toList();
        List<Placed> byEnd =
                placed.stream().sorted(Comparator.comparingLong(Placed::ended)).toList();
        int ended = 0;
        int newest = -1;
        for (Placed write :
                placed.stream().sorted(Comparator.comparingLong(Placed::began)).toList()) {
            while (byEnd.get(ended).ended() < write.began()) {
                newest = Math.max(newest, byEnd.get(ended).position());
                ended++;
            }
            assertThat(write.position()).isGreaterThan(newest);
        }
    }

    static String get(HttpClient http, URI address, String accept)
            throws IOException, InterruptedException {
        HttpResponse<String> response =
                http.send(
                        HttpRequest.newBuilder(address).header("Accept", accept).build(),
                        BodyHandlers.ofString());
        assertThat(response.statusCode()).as(address + ": " + response.body()).isEqualTo(200);
        return response.body();
    }

    /** What a command said, in this process. */
    record Said(int exitCode, String out, String err) {}

    static Said run(String... line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode =
                new LedgerCommand()
                        .run(
                                new PrintWriter(out),
                                new PrintWriter(err),
                                InputStream.nullInputStream(),
                                line);
        return new Said(exitCode, out.toString(), err.toString());
    }

    /** Of a ledger that nobody has open. */
    static void verify(String... place) {
        List<String> line = new ArrayList<>(List.of(place));
        line.addFirst("verify");
        Said said = run(line.toArray(String[]::new));
        assertThat(said.exitCode()).as(said.err() + said.out()).isZero();
        assertThat(said.out()).startsWith("INTACT");
    }
}
