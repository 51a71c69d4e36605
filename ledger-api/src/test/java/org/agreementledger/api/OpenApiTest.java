package org.agreementledger.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Kind;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.json.EntryJson;
import org.agreementledger.json.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String BASE = "https://ledger.example/openapi.json";

    private final Doors doors = Doors.shared();
    private final String text = doors.get("/v1/openapi.json").body();
    private final JsonNode api = JSON.readTree(text);
    private final SchemaRegistry schemas =
            SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    registry -> registry.schemas(Map.of(BASE, text)));

    // ---- the doors are those described

    @Test
    void every_door_is_described_with_its_parameters_and_every_described_door_is_there() {
        assertThat(described()).isEqualTo(handled());
    }

    /** Method and path, with the names of query parameters and request headers. */
    private TreeMap<String, Set<String>> described() {
        TreeMap<String, Set<String>> doors = new TreeMap<>();
        api.get("paths")
                .forEachEntry((path, methods) ->
                        methods.forEachEntry((method, door) ->
                                doors.put(
                                        method.toUpperCase(Locale.ROOT) + " " + path,
                                        parameters(door))));
        return doors;
    }

    private Set<String> parameters(JsonNode door) {
        Set<String> names = new TreeSet<>();
        for (JsonNode given : door.path("parameters")) {
            JsonNode parameter = resolved(given);
            String in = parameter.get("in").asString();
            // Every read takes it; no handler declares it.
            if (!in.equals("path") && !parameter.get("name").asString().equals("If-None-Match")) {
                names.add(in + " " + parameter.get("name").asString());
            }
        }
        return names;
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? api.at(node.get("$ref").asString().substring(1)) : node;
    }

    private TreeMap<String, Set<String>> handled() {
        TreeMap<String, Set<String>> handled = new TreeMap<>();
        RequestMappingHandlerMapping mapping =
                doors.server()
                        .context()
                        .getBean(
                                "requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        mapping.getHandlerMethods()
                .forEach((info, method) -> {
                    for (String path : info.getPatternValues()) {
                        if (!path.equals("/error") && !isPage(method)) {
                            handled.put(method(info) + " " + path, parameters(method));
                        }
                    }
                });
        return handled;
    }

    /** For people: its address is for them, its form is not promised. */
    private static boolean isPage(HandlerMethod method) {
        return method.getBeanType().getPackageName().endsWith(".dashboard");
    }

    private static String method(RequestMappingInfo info) {
        return info.getMethodsCondition().getMethods().iterator().next().name();
    }

    private static Set<String> parameters(HandlerMethod method) {
        Set<String> names = new TreeSet<>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
            if (parameter.hasParameterAnnotation(RequestParam.class)) {
                names.add("query " + parameter.getParameter().getName());
            } else if (header != null && !header.name().equals("Accept")) {
                names.add("header " + header.name());
            }
        }
        return names;
    }

    @Test
    void every_read_that_ends_takes_an_etag() {
        api.get("paths")
                .forEach(methods -> {
                    JsonNode answer = resolved(methods.at("/get/responses/200"));
                    if (answer.has("content") && !answer.get("content").has("text/event-stream")) {
                        assertThat(methods.get("get").get("parameters").toString())
                                .contains("IfNoneMatch");
                    }
                });
    }

    @Test
    void every_kind_of_entry_is_described() {
        Set<String> kinds = new HashSet<>();
        api.at("/components/schemas/Entry/discriminator/mapping")
                .forEachEntry((kind, _) -> kinds.add(kind));
        assertThat(kinds)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Kind.values()).map(Kind::slug).toList());
    }

    // ---- the examples are what the doors take

    @Test
    void every_example_is_an_entry_and_fits_its_schema() {
        List<JsonNode> examples = new ArrayList<>();
        for (String path : List.of("/v1/agreements", "/v1/agreements/{id}/entries")) {
            api.get("paths")
                    .get(path)
                    .at("/post/requestBody/content/application~1json/examples")
                    .forEach(example -> examples.add(example.get("value")));
        }
        api.get("paths")
                .get("/v1/import")
                .at("/post/requestBody/content/application~1x-ndjson/example")
                .asString()
                .lines()
                .forEach(line -> examples.add(JSON.readTree(line)));

        assertThat(examples).hasSizeGreaterThan(10);
        for (JsonNode example : examples) {
            assertThat(errors("Entry", example.toString())).as(example.toString()).isEmpty();
            AgreementId id = example.has("agreementId") ? null : new AgreementId("acme-globex");
            EntryJson.submitted(JSON.treeToValue(example, Object.class), id);
        }
    }

    @Test
    void a_schema_refuses_what_the_door_refuses() {
        String right = Doors.opening("acme-globex");
        assertThat(errors("Entry", right)).isEmpty();
        for (String wrong :
                List.of(
                        "{}",
                        right.replace("\"title\"", "\"titel\""),
                        right.replace("opening", "ending"),
                        right.replace("introduce", "retire"),
                        right.replace("2024-03-01", "1 March 2024"),
                        right.replace("10.00", "1e9"),
                        right.replace("\"flag\": true", "\"flag\": \"yes\""))) {
            assertThat(errors("Entry", wrong)).as(wrong).isNotEmpty();
            assertThatExceptionOfType(Malformed.class)
                    .isThrownBy(
                            () -> EntryJson.submitted(JSON.readValue(wrong, Object.class), null));
        }
    }

    // ---- the answers are those described

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/agreements                             | /paths/~1v1~1agreements/get/responses/200/content/application~1json/schema",
                "/v1/agreements/{id}                        | /components/schemas/Terms",
                "/v1/agreements/{id}?validOn=2020           | /components/schemas/Terms",
                "/v1/agreements/{id}/terms/price.unit       | /components/schemas/Term",
                "/v1/agreements/{id}/terms/price.unit?validOn=2020 | /components/schemas/Term",
                "/v1/agreements/{id}/terms/price.unit/history?standing=all | /components/schemas/TermHistory",
                "/v1/agreements/{id}/constancy?from=2020&to=today | /components/schemas/Constancy",
                "/v1/agreements/{id}/constancy?from=2024-04&to=2024-08-31 | /components/schemas/Constancy",
                "/v1/agreements/{id}/diff?from=2020&to=today | /components/schemas/Difference",
                "/v1/agreements/{id}/diff?from=2024-10&to=2024-04 | /components/schemas/Difference",
                "/v1/agreements/{id}/diff?from=2024-10&to=2024-10&fromKnownAt=@2 | /components/schemas/Difference",
                "/v1/upcoming?from=2024&to=2033&stale=P1Y   | /paths/~1v1~1upcoming/get/responses/200/content/application~1json/schema",
                "/v1/agreements/{id}/entries                | /components/responses/Entries/content/application~1json/schema",
                "/v1/agreements/{id}/entries/3              | /components/schemas/RecordedEntry",
                "/v1/entries?limit=1000                     | /components/responses/Entries/content/application~1json/schema",
                "/v1/entries/0                              | /components/schemas/RecordedEntry",
                "/v1/feed                                   | /components/schemas/JsonFeed",
                "/v1/agreements/{id}/feed.json?after=-1&limit=2 | /components/schemas/JsonFeed",
                "/v1/agreements/{id}/feed.cloudevents       | /components/responses/Feed/content/application~1cloudevents-batch+json/schema",
                "/v1/log/checkpoints                        | /paths/~1v1~1log~1checkpoints/get/responses/200/content/application~1json/schema",
                "/v1/log/inclusion?position=0               | /components/schemas/Inclusion",
                "/v1/log/consistency?from=1                 | /components/schemas/Consistency",
                "/v1/log/entries?to=1                       | /components/schemas/Leaf",
                "/v1/series?from=2024-01-01&to=2024-12-31   | /paths/~1v1~1series/get/responses/200/content/application~1json/schema",
                "/v1/series?by=kind&per=week&dated=recorded | /paths/~1v1~1series/get/responses/200/content/application~1json/schema",
                "/v1/series?by=effect&agreement={id}        | /paths/~1v1~1series/get/responses/200/content/application~1json/schema",
                "/v1/series?by=verdict&per=day              | /paths/~1v1~1series/get/responses/200/content/application~1json/schema",
                "/v1/series/constancy                       | /paths/~1v1~1series~1constancy/get/responses/200/content/application~1json/schema",
                "/v1/series/constancy?validOn=2020          | /paths/~1v1~1series~1constancy/get/responses/200/content/application~1json/schema",
                "/problems                                  | /paths/~1problems/get/responses/200/content/application~1json/schema",
                "/problems/malformed                        | /components/schemas/ProblemType",
            })
    void every_answer_fits_its_schema(String path, String schema) {
        Answer answer = doors.get(path.replace("{id}", ID));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(errorsAt(schema, answer.body())).as(answer.body()).isEmpty();
    }

    @Test
    void a_dry_run_a_write_an_import_and_a_refusal_fit_their_schemas() {
        String entry = Doors.announcement(ID, "Hello", "2025-01-01");
        assertThat(
                        errors(
                                "TriedEntry",
                                doors.post(doors.entriesOf(ID) + "?dryRun=true", entry).body()))
                .isEmpty();
        assertThat(errors("RecordedEntry", doors.post(doors.entriesOf(ID), entry).body()))
                .isEmpty();
        for (var line : doors.importing("/v1/import?mode=each", entry + "\nnonsense").items()) {
            assertThat(errors("ImportedLine", JSON.writeValueAsString(line))).isEmpty();
        }
        assertThat(errors("Problem", doors.post("/v1/agreements", entry).body())).isEmpty();
        assertThat(errors("Problem", doors.get("/v1/entries?limit=0").body())).isEmpty();
    }

    @Test
    void a_subscription_and_what_is_told_of_it_fit_their_schemas() {
        // Disabled, so that nothing leaves this machine.
        Answer added =
                doors.post(
                        "/v1/webhooks",
                        "{'url': 'https://1.1.1.1/', 'filter': {'kind': 'amendment'}, 'enabled': false}");
        String path = added.header("Location");
        assertThat(errors("WebhookWithSecret", added.body())).as(added.body()).isEmpty();
        assertThat(errors("Webhook", doors.get(path).body())).isEmpty();
        assertThat(errors("WebhookWithSecret", doors.post(path + "/secret", "{}").body()))
                .isEmpty();
        assertThat(
                        errorsAt(
                                "/paths/~1v1~1webhooks/get/responses/200/content/application~1json/schema",
                                doors.get("/v1/webhooks").body()))
                .isEmpty();
        assertThat(doors.send("DELETE", path, BodyPublishers.noBody()).status()).isEqualTo(204);
    }

    /** An agreement in which every part of an answer has something to say. */
    private static final String ID = eventful();

    private static String eventful() {
        Doors doors = Doors.shared();
        String id = doors.opened();
        for (String entry :
                List.of(
                        """
                        {'kind': 'announcement', 'occurredOn': '2024-04-01', 'title': 'As ever', 'speakers': [{'id': 'acme', 'name': 'Acme'}],
                         'terms': [{'action': 'reaffirm', 'key': 'supply.exclusivity', 'quote': 'Acme is our only supplier.'},
                                   {'action': 'reaffirm', 'key': 'price.unit'},
                                   {'action': 'disclose', 'key': 'volume.least', 'statement': '1000 a year.', 'validFrom': '2024-03',
                                    'value': {'type': 'quantity', 'quantity': '1000', 'unit': 'pieces', 'qualifier': 'at-least'}}],
                         'concerns': [{'key': 'price.unit', 'how': 'contests'}]}\
                        """,
                        """
                        {'kind': 'amendment', 'occurredOn': '2024-09-01', 'title': 'Cheaper',
                         'terms': [{'action': 'change', 'key': 'price.unit', 'statement': '9 dollars each.', 'validTo': '2030'}],
                         'notAddressed': ['supply.exclusivity'],
                         'partyChanges': [{'how': 'joining', 'to': {'id': 'initech', 'name': 'Initech'}}]}\
                        """,
                        """
                        {'kind': 'amendment', 'occurredOn': '2024-10-01', 'title': 'Rumour', 'standing': 'reported',
                         'terms': [{'action': 'retire', 'key': 'volume.least'}]}\
                        """,
                        """
                        {'kind': 'confirmation', 'occurredOn': '2024-11-01', 'title': 'Confirmed', 'confirms': 4}\
                        """,
                        """
                        {'kind': 'correction', 'occurredOn': '2024-11-02', 'title': 'Corrected', 'corrects': 3, 'reason': 'wrong amount',
                         'replacement': {'kind': 'amendment', 'occurredOn': '2024-09-01', 'title': 'Cheaper',
                          'terms': [{'action': 'change', 'key': 'price.unit', 'statement': '8 dollars each.'}]}}\
                        """,
                        """
                        {'kind': 'announcement', 'occurredOn': '2024-11-03', 'title': 'Mistake', 'speakers': [{'id': 'acme', 'name': 'Acme'}]}\
                        """,
                        """
                        {'kind': 'withdrawal', 'occurredOn': '2024-11-04', 'title': 'Withdrawn', 'withdraws': 7, 'reason': 'recorded twice'}\
                        """)) {
            Answer answer = doors.post(doors.entriesOf(id), entry);
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        }
        return id;
    }

    private List<Error> errors(String schema, String json) {
        return errorsAt("/components/schemas/" + schema, json);
    }

    private List<Error> errorsAt(String pointer, String json) {
        Schema schema = schemas.getSchema(SchemaLocation.of(BASE + "#" + pointer));
        return schema.validate(json, InputFormat.JSON);
    }
}
